-- Who may call what. Nothing is granted beside this file; see docs/permissions.md.

REVOKE ALL ON ALL FUNCTIONS IN SCHEMA centre, kiosk_api, desk_api, branch_api, report_api, console_api
    FROM PUBLIC, anjungan_kiosk, anjungan_clerk, anjungan_supervisor, anjungan_office_admin,
        anjungan_kabupaten_admin, anjungan_report, anjungan_branch;
REVOKE ALL ON ALL TABLES IN SCHEMA centre
    FROM PUBLIC, anjungan_kiosk, anjungan_clerk, anjungan_supervisor, anjungan_office_admin,
        anjungan_kabupaten_admin, anjungan_report, anjungan_branch;

GRANT USAGE ON SCHEMA kiosk_api TO anjungan_kiosk;
GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA kiosk_api TO anjungan_kiosk;

GRANT USAGE ON SCHEMA desk_api TO anjungan_clerk, anjungan_supervisor, anjungan_office_admin,
    anjungan_kabupaten_admin, anjungan_report, anjungan_branch;
GRANT EXECUTE ON FUNCTION desk_api.claim(), desk_api.whoami() TO anjungan_clerk,
    anjungan_supervisor, anjungan_office_admin, anjungan_kabupaten_admin, anjungan_report,
    anjungan_branch;
GRANT EXECUTE ON FUNCTION desk_api.flags(), desk_api.matches(), desk_api.conflicts(),
    desk_api.search(text), desk_api.see(uuid), desk_api.change(uuid, integer, jsonb, text)
    TO anjungan_clerk, anjungan_supervisor;
GRANT EXECUTE ON FUNCTION desk_api.decide(bigint, text, uuid, text),
    desk_api.settle(bigint, text, text), desk_api.void(uuid, integer, text), desk_api.erase(uuid),
    desk_api.export(uuid) TO anjungan_supervisor;
GRANT EXECUTE ON FUNCTION desk_api.staff() TO anjungan_office_admin, anjungan_kabupaten_admin;
GRANT EXECUTE ON FUNCTION desk_api.staff_stop(text) TO anjungan_office_admin;

GRANT USAGE ON SCHEMA console_api TO anjungan_kabupaten_admin;
GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA console_api TO anjungan_kabupaten_admin;

GRANT USAGE ON SCHEMA branch_api TO anjungan_branch;
GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA branch_api TO anjungan_branch;

GRANT USAGE ON SCHEMA report_api TO anjungan_report, anjungan_kabupaten_admin;
GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA report_api TO anjungan_report, anjungan_kabupaten_admin;
