//! The customer's portal. `views` holds what each page shows; the requests that fill them stand in
//! one file per address beside it.

pub mod views;
