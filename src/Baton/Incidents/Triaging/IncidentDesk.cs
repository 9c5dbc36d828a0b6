using Baton.Operations;
using Baton.Operations.Autonomy;
using Baton.Operations.Versions;
using Baton.Playbooks;
using Baton.Storage;
using Baton.Text.Words;

namespace Baton.Incidents.Triaging;

/// <summary>
/// What people do in an incident: look, take the action that was found, note, close. Nothing here acts by itself.
/// </summary>
/// <param name="clear">Notes are typed by people.</param>
internal sealed class IncidentDesk(
    Database database, TriageReader triage, KillSwitch killSwitch, PlaybookVersions versions, AutonomyRungs rungs,
    PlaybookHost playbooks, TimeProvider clock, ClearText clear)
{
    /// <summary>Longest note, characters.</summary>
    public const int LongestNote = 4_000;

    private const int LongestTitle = 200;

    /// <summary>Looks, and keeps what was found: in the incident that is named, or in a new one.</summary>
    /// <returns>The incident; null when the one that is named is not there.</returns>
    public async Task<(Incident Incident, TriageResult Result)?> TriageAsync(
        DateTimeOffset at, string? incident, string by, CancellationToken cancellationToken)
    {
        var (result, now) = (triage.Triage(at), clock.GetUtcNow());
        var id = incident ?? $"i_{Guid.CreateVersion7(now):N}"[..18];
        var kept = await database.WriteAsync(transaction =>
        {
            if (incident is null)
                IncidentStore.Open(transaction, new Incident(id, Title(result), now, Named.By(by, clear), null));
            else if (IncidentStore.Find(transaction, id) is null) return null;
            IncidentStore.Add(transaction, id, new IncidentEntry(now, "triage", Named.By(by, clear), Title(result))
            {
                Triage = result.ToJson(),
            });
            return IncidentStore.Find(transaction, id);
        }, cancellationToken);
        return kept is null ? null : (kept, result);
    }

    /// <summary>Takes an action, and keeps who did.</summary>
    /// <returns>What was done, or what is wrong with it.</returns>
    public async Task<(bool Done, string Text)> ActAsync(
        string incident, TriageAction action, string by, string why, CancellationToken cancellationToken)
    {
        if (database.Read(c => IncidentStore.Find(c, incident)) is not { } found)
            return (false, $"there is no incident '{incident}': baton incident list");
        var (done, text) = action switch
        {
            TriageAction.Rollback => await RollBackAsync(found, by, why, cancellationToken),
            TriageAction.KillSwitch => await StopAsync(by, why, cancellationToken),
            _ => await HandOverAsync(by, why, cancellationToken),
        };
        if (done)
            await database.WriteAsync(transaction => IncidentStore.Add(
                transaction, incident, new IncidentEntry(clock.GetUtcNow(), "action", Named.By(by, clear), $"{text} {clear(why)}".Trim())),
                cancellationToken);
        return (done, text);
    }

    /// <summary>Adds a note; what is wrong with it, or null.</summary>
    public async Task<string?> NoteAsync(string incident, string by, string text, CancellationToken cancellationToken)
    {
        if (text.Trim().Length is 0 or > LongestNote) return $"a note has 1 to {LongestNote} characters";
        return await database.WriteAsync(transaction =>
            IncidentStore.Find(transaction, incident) is null ? $"there is no incident '{incident}'"
            : IncidentStore.Add(
                transaction, incident, new IncidentEntry(clock.GetUtcNow(), "note", Named.By(by, clear), clear(text.Trim())))
                ? null : "the record is full: close it and open another one", cancellationToken);
    }

    /// <summary>Closes it; false when it is closed already, or not there.</summary>
    public Task<bool> CloseAsync(string incident, string by, CancellationToken cancellationToken) =>
        database.WriteAsync(transaction =>
        {
            var now = clock.GetUtcNow();
            if (!IncidentStore.Close(transaction, incident, now)) return false;
            IncidentStore.Add(transaction, incident, new IncidentEntry(now, "closed", Named.By(by, clear), "closed"));
            return true;
        }, cancellationToken);

    private async Task<(bool, string)> RollBackAsync(
        Incident incident, string by, string why, CancellationToken cancellationToken)
    {
        if ((string?)incident.Triage?["result"] is "deployment")
            return (false, "Baton cannot put another build of itself into place: deploy the one of before, then note it here");
        if ((string?)incident.Triage?["result"] is "bad_rollout")
            return (false, "the playbook in force is not the cause: baton rollout stop, then note it here");
        // What triage named, as long as it is kept; else what was in force before, unless it was just left that way.
        var last = versions.History(1) is [var newest, ..] ? newest : null;
        var target = (string?)incident.Triage?["target"] is { Length: 64 } named && versions.Load(named) is not null
            ? named : last is { How: not "rollback" } ? last.Previous : null;
        if (target is null) return (false, "there is no version before this one, or it was just put back");
        if (versions.State()?.Active == target) return (false, $"playbook {target[..8]} is in force already");
        await versions.ActivateAsync(target, "rollback", by, why, cancellationToken);
        return (true, $"Playbook {target[..8]} is in force again.");
    }

    private async Task<(bool, string)> StopAsync(string by, string why, CancellationToken cancellationToken)
    {
        if (killSwitch.Read().On) return (false, "automation is stopped already");
        await killSwitch.SetAsync(true, by, why, cancellationToken);
        return (true, "Automation is stopped.");
    }

    /// <summary>Every intent that automation may answer goes to people; one that was set stays as it is.</summary>
    private async Task<(bool, string)> HandOverAsync(string by, string why, CancellationToken cancellationToken)
    {
        var off = rungs.List().Where(r => r.Rung == AutonomyRung.Off).Select(r => r.Intent).ToHashSet();
        var intents = playbooks.Current.Intents
            .Where(i => i.Autonomy != AutonomyRung.Off && !off.Contains(i.Name)).Select(i => i.Name).ToList();
        if (intents.Count == 0) return (false, "no intent is answered by automation now");
        // Ids have too many digits for a name that stays; who it was is in the record.
        var name = AutonomyRungs.IsName(by) ? by : "on call";
        foreach (var intent in intents)
            await rungs.SetAsync(intent, AutonomyRung.Off, 1, name, why.Length == 0 ? "incident" : why, cancellationToken);
        return (true, $"{intents.Count} intents go to people: {string.Join(", ", intents.Take(5))}{(intents.Count > 5 ? " …" : "")}. "
            + "Give them back with baton autonomy set.");
    }

    private static string Title(TriageResult result) => result.Found is { } found
        ? CutText.Of($"{result.Result.Replace('_', ' ')}: {found.Evidence}", LongestTitle)
        : "inconclusive: nothing that is looked at is the cause";
}
