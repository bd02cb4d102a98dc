//! Rules of the workspace; they are tests (`tests/borders`).
