-- Groups of questions are answered any number of times: the number of the row, from 1, stands beside each of its answers.
alter table form_answer_value add column row_number integer check (row_number >= 1);

-- What stands in a form when it is opened, as the flow gave it; read by the page alone.
alter table link add column prefill jsonb check (jsonb_typeof(prefill) = 'object');
alter table task add column prefill jsonb check (jsonb_typeof(prefill) = 'object');
