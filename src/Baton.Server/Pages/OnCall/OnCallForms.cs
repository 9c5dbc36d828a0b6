using System.Security.Claims;
using System.Text;
using Baton.Channels;
using Baton.Incidents.Alerting;
using Baton.Incidents.Triaging;
using Baton.Operations;
using Baton.Playbooks;
using Baton.Server.Api;
using Microsoft.AspNetCore.Mvc;

namespace Baton.Server.Pages.OnCall;

/// <summary>What whoever is on call does in the console.</summary>
internal static class OnCallForms
{
    private const string Room = "/on-call", AlertsPath = "/on-call/alerts", IncidentsPath = "/on-call/incidents";

    private static readonly TimeSpan Silence = TimeSpan.FromHours(1);

    extension(IEndpointRouteBuilder routes)
    {
        public void MapOnCallForms()
        {
            routes.MapPost("/on-call/stop", Stop).ExcludeFromDescription();
            routes.MapPost(AlertsPath, Alert).ExcludeFromDescription();
            routes.MapPost(IncidentsPath, Act).ExcludeFromDescription();
            routes.MapGet("/on-call/incidents/{id}/report.md", Export).ExcludeFromDescription();
        }
    }

    /// <summary>Stops automation or a part of it, or lets it go on.</summary>
    private static async Task<IResult> Stop(
        [FromForm] string? why, [FromForm] string? scope, [FromForm] string? name, [FromForm] string? action,
        KillSwitch killSwitch, PlaybookHost playbooks, ChannelList channels, ClaimsPrincipal caller,
        CancellationToken cancellationToken)
    {
        var part = EnumWords.Find<KillScope>(scope ?? EnumWords.Of(KillScope.All));
        if (part is not { } what)
            return Wrong("Nothing was done", $"scope is '{scope}': use {string.Join(", ", EnumWords.All<KillScope>())}", Room);
        var (on, named) = (action != "off", what == KillScope.All ? "" : name?.Trim() ?? "");
        if (on && string.IsNullOrWhiteSpace(why))
            return Wrong("Automation goes on", "Say why: the next one on call reads it.", Room);
        var problem = what == KillScope.All ? null
            : on ? StoppableParts.Unknown(what, named, playbooks.Current, channels.All.Select(c => c.Name))
            : StoppableParts.NotStopped(what, named, killSwitch.Parts());
        if (problem is not null) return Wrong("Nothing was done", problem, Room);
        await killSwitch.SetAsync(on, what, named, Callers.Actor(caller), why, cancellationToken);
        return TypedResults.Redirect(Room);
    }

    private static async Task<IResult> Alert(
        [FromForm] string? action, [FromForm] string? name, [FromForm] string? why, AlertDesk desk,
        PlaybookHost playbooks, ClaimsPrincipal caller, CancellationToken cancellationToken)
    {
        var by = Callers.Actor(caller);
        switch (action)
        {
            case "ack":
                await desk.AcknowledgeAsync(name ?? "", by, cancellationToken);
                break;
            case "silence" when await desk.SilenceAsync(
                name ?? "", Silence, by, why ?? "", cancellationToken) is { } problem:
                return Wrong("Not silenced", problem, AlertsPath);
            case "silence":
                break;
            case "test":
                await desk.TestAsync(playbooks.Current.Alerts, by, cancellationToken);
                break;
            default:
                return Wrong("Nothing was done", $"action is '{action}': use ack, silence or test", AlertsPath);
        }
        return TypedResults.Redirect(AlertsPath);
    }

    private static async Task<IResult> Act(
        [FromForm] string? action, [FromForm] string? id, [FromForm] string? what, [FromForm] string? text,
        IncidentDesk desk, TimeProvider clock, ClaimsPrincipal caller, CancellationToken cancellationToken)
    {
        var (by, incident) = (Callers.Actor(caller), string.IsNullOrEmpty(id) ? null : id);
        var page = $"{IncidentsPath}?id={Uri.EscapeDataString(incident ?? "")}";
        switch (action)
        {
            case "triage":
                return await desk.TriageAsync(clock.GetUtcNow(), incident, by, cancellationToken) is var (kept, _)
                    ? TypedResults.Redirect($"{IncidentsPath}?id={kept.Id}")
                    : Wrong("No such incident", $"There is no incident '{id}'.", IncidentsPath);
            case "act" when EnumWords.Find<TriageAction>(what ?? "") is { } wanted:
                var (done, said) = await desk.ActAsync(incident ?? "", wanted, by, "", cancellationToken);
                return done ? TypedResults.Redirect(page) : Wrong("Nothing was done", said, page);
            case "note":
                return await desk.NoteAsync(incident ?? "", by, text ?? "", cancellationToken) is { } problem
                    ? Wrong("Not noted", problem, page) : TypedResults.Redirect(page);
            case "close":
                await desk.CloseAsync(incident ?? "", by, cancellationToken);
                return TypedResults.Redirect(IncidentsPath);
            default:
                return Wrong("Nothing was done", $"action is '{action}': use triage, act, note or close", IncidentsPath);
        }
    }

    private static IResult Export(string id, IncidentReports reports) => reports.Of(id) is { } report
        ? TypedResults.File(Encoding.UTF8.GetBytes(report), "text/markdown; charset=utf-8", $"incident-{id}.md")
        : Wrong("No such incident", $"There is no incident '{id}'.", IncidentsPath);

    private static ProblemResult Wrong(string title, string text, string back) =>
        new(new Problem(400, title, text) { Back = back, BackTo = "Back" });
}
