-- What the jobs in observe mode used, and what they would have used if the recommendations had been followed.
-- Change: the days.
-- Read: slot_hours_to_save is what to gain by switching scaling on for the job; below zero, the job is too small for its load.
SELECT cluster, queue_name, application_name, job_name,
    SUM(slot_hours) AS slot_hours, SUM(recommended_slot_hours) AS recommended_slot_hours, SUM(slot_hours_to_save) AS slot_hours_to_save
FROM v_savings_observe_mode
WHERE day_utc >= '2026-03-02'
  AND day_utc < '2026-03-09'
GROUP BY cluster, queue_name, application_name, job_name
ORDER BY slot_hours_to_save DESC, cluster, application_name, job_name;
