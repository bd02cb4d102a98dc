# shellcheck shell=bash
# cargo-leptos, which builds server and WASM together. Its lock file names a crate that asks for a newer compiler than
# it needs: --ignore-rust-version builds it all the same.

if [ "$(cargo-leptos --version 2>/dev/null)" = "cargo-leptos $CARGO_LEPTOS_VERSION" ]; then
  found cargo-leptos "$(command -v cargo-leptos)"
else
  once "cargo-leptos $CARGO_LEPTOS_VERSION" "$TOOLS/cargo-leptos-$CARGO_LEPTOS_VERSION" \
    "try: cargo install cargo-leptos@$CARGO_LEPTOS_VERSION --locked --ignore-rust-version" \
    program "$CARGO_LEPTOS_RELEASE" "$CARGO_LEPTOS_SHA256" cargo-leptos \
    "cargo-leptos@$CARGO_LEPTOS_VERSION" --locked --ignore-rust-version --no-default-features --features no_downloads
  PATH="$TOOLS/cargo-leptos-$CARGO_LEPTOS_VERSION/bin:$PATH"
fi
