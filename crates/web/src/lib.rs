//! The mechanism of an HTTP server, shared by the API and the portal. Its files are still compiled by the servers.
