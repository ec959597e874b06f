-- Registrations by their id, persons by their NIK, in sixteen hash partitions each. On a centre that
-- has records already; `main.py central upgrade` then makes the functions anew that CASCADE takes.

ALTER TABLE centre.registration RENAME TO registration_whole;
CREATE TABLE centre.registration (LIKE centre.registration_whole INCLUDING ALL)
    PARTITION BY HASH (id);
ALTER TABLE centre.person RENAME TO person_whole;
CREATE TABLE centre.person (LIKE centre.person_whole INCLUDING ALL) PARTITION BY HASH (nik);

SELECT format('CREATE TABLE centre.%1$s_%2$s PARTITION OF centre.%1$s
    FOR VALUES WITH (MODULUS 16, REMAINDER %2$s)', whole, part)
FROM unnest(ARRAY['registration', 'person']) AS whole, generate_series(0, 15) AS part;

INSERT INTO centre.registration SELECT * FROM centre.registration_whole;
INSERT INTO centre.person SELECT * FROM centre.person_whole;
DROP TABLE centre.registration_whole, centre.person_whole CASCADE;
