//! The pipeline through its public interface.

mod checks;
mod hostile;
mod rendering;
mod site;
mod support;
