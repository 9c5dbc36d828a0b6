-- Vectors of customers' redacted texts where a service makes them. The key is a keyed hash of model, customer and text;
-- rows go with the customer, and after thirty days.
create table text_vectors (
    key         blob not null primary key,
    customer_id text not null,
    vector      blob not null,     -- 32-bit floats of length 1, low byte first
    at_ms       integer not null
);
create index text_vectors_by_customer on text_vectors (customer_id);
create index text_vectors_by_time on text_vectors (at_ms);
