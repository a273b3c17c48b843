-- SPDX-License-Identifier: GPL-2.0-or-later
-- What a dataset has beside its tables, which tables.c makes: search, indexes,
-- and views for what people ask.

-- --- Search: SELECT … FROM item_search WHERE item_search MATCH '"庁内連携"' -------
-- Any three characters or more are found wherever they stand (trigram).
CREATE VIRTUAL TABLE item_search USING fts5 (value, content = 'item_values', content_rowid = 'id', tokenize = 'trigram');

CREATE TRIGGER item_values_added AFTER INSERT ON item_values BEGIN
  INSERT INTO item_search (rowid, value) VALUES (new.id, new.value);
END;
CREATE TRIGGER item_values_removed AFTER DELETE ON item_values BEGIN
  INSERT INTO item_search (item_search, rowid, value) VALUES ('delete', old.id, old.value);
END;
CREATE TRIGGER item_values_changed AFTER UPDATE ON item_values BEGIN
  INSERT INTO item_search (item_search, rowid, value) VALUES ('delete', old.id, old.value);
  INSERT INTO item_search (rowid, value) VALUES (new.id, new.value);
END;

-- --- Indexes --------------------------------------------------------------------------
CREATE INDEX item_values_item ON item_values (item);
CREATE INDEX marks_item ON marks (item, option, mark);
CREATE INDEX consignments_contractor ON consignments (contractor_key);
CREATE INDEX documents_input ON documents (input);

-- --- Views (their comments stand inside, where the database keeps them) ---------------

CREATE VIEW publications AS
-- Each document with its agency; the newest version of each report has is_latest = 1.
SELECT documents.id AS document_id, documents.report_id, documents.version, documents.is_latest, documents.form,
       agencies.name AS agency, agencies.code, agencies.prefecture, agencies.folder,
       documents.cover_number AS number, documents.cover_title AS title, documents.cover_published AS published,
       documents.cover_published_iso AS published_iso, documents.input, documents.uncertain
FROM documents JOIN reports ON reports.id = documents.report_id JOIN agencies ON agencies.id = reports.agency_id;

CREATE VIEW network_systems AS
-- Which systems connect to 情報提供ネットワークシステム? (Forms 3 and 4; form 2 lists no systems.) Newest versions only.
-- mark: 1 it does, 0 it does not, ? cannot be told; status says how sure that is.
SELECT publications.*, systems.number AS system_number, systems.name AS system, marks.mark, marks.status
FROM marks JOIN systems ON systems.id = marks.system_id JOIN publications ON publications.document_id = marks.document_id
WHERE publications.is_latest AND marks.item = 'system[]/connections' AND marks.option = 'info-network';

CREATE VIEW contractors AS
-- Which contractors serve how many agencies, and how often is work handed on? Newest versions only.
-- A name is counted as it is printed, width and blanks aside; municipalities by their codes, agencies without one each.
SELECT min (consignments.contractor) AS contractor,
       count (DISTINCT reports.agency_id) AS agencies,
       count (DISTINCT ifnull (agencies.code, 'agency ' || agencies.id)) AS municipalities,
       count (DISTINCT consignments.document_id) AS documents,
       count (*) AS consignments,
       sum (consignments.subcontract = '再委託する') AS subcontracted,
       sum (consignments.subcontract = '再委託しない') AS not_subcontracted,
       sum (consignments.uncertain > 0) AS uncertain
FROM consignments JOIN documents ON documents.id = consignments.document_id
     JOIN reports ON reports.id = documents.report_id JOIN agencies ON agencies.id = reports.agency_id
WHERE documents.is_latest AND consignments.contractor_key IS NOT NULL
GROUP BY consignments.contractor_key;

CREATE VIEW risk_sufficiency AS
-- How are the measures judged, by process and form? Newest versions only.
SELECT documents.form, risks.process, risks.sufficiency, count (*) AS risks,
       count (DISTINCT risks.document_id) AS documents, sum (risks.status IS 'uncertain') AS uncertain
FROM risks JOIN documents ON documents.id = risks.document_id
WHERE documents.is_latest
GROUP BY documents.form, risks.process, risks.sufficiency;

CREATE VIEW incidents AS
-- Where has there been an incident (発生あり), what was it, what is done against another? Newest versions only.
-- Where status is uncertain, whatever was read is listed: there may have been one.
SELECT publications.*, occurred.path, occurred.value AS occurred, occurred.status, occurred.page,
       content.value AS content, prevention.value AS prevention
FROM item_values AS occurred JOIN publications ON publications.document_id = occurred.document_id
     LEFT JOIN item_values AS content ON content.document_id = occurred.document_id
          AND content.path = replace (occurred.path, 'incident-occurred', 'incident-content')
          AND content.item = 'file[]/risk/storage/leak/incident-content'
     LEFT JOIN item_values AS prevention ON prevention.document_id = occurred.document_id
          AND prevention.path = replace (occurred.path, 'incident-occurred', 'incident-prevention')
          AND prevention.item = 'file[]/risk/storage/leak/incident-prevention'
WHERE publications.is_latest AND occurred.item IN ('threshold/incident', 'file[]/risk/storage/leak/incident-occurred')
      AND (occurred.value = '発生あり' OR occurred.status = 'uncertain');

CREATE VIEW legal_bases AS
-- On which law does each use, link, provision and transfer rest? Newest versions only.
SELECT publications.*, item_values.item, item_values.path, item_values.value AS legal_basis, item_values.status,
       coalesce (provisions.recipient, transfers.recipient) AS recipient
FROM item_values JOIN publications ON publications.document_id = item_values.document_id
     LEFT JOIN provisions ON provisions.document_id = item_values.document_id
          AND item_values.path = provisions.path || '/legal-basis'
     LEFT JOIN transfers ON transfers.document_id = item_values.document_id
          AND item_values.path = transfers.path || '/legal-basis'
WHERE publications.is_latest AND item_values.item IN ('number-use/legal-basis', 'info-link/legal-basis',
                           'file[]/provision[]/legal-basis', 'file[]/transfer[]/legal-basis');
