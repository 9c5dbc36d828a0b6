-- Other open tickets of a customer.
create index open_tickets_by_customer on open_tickets (customer) where customer is not null;
