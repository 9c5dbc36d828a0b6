using System.Globalization;
using System.Security.Claims;
using Baton.Operations;
using Baton.Operations.Autonomy;
using Baton.Playbooks;
using Baton.Server.Api;
using Baton.Storage;
using Microsoft.AspNetCore.Mvc;

namespace Baton.Server.Pages.Quality.Shipping;

/// <summary>A step on the ladder, taken by a person.</summary>
internal static class AutonomyForms
{
    private const string Page = "/quality/autonomy";

    extension(IEndpointRouteBuilder routes)
    {
        public void MapAutonomyForms() => routes.MapPost(Page, Take).ExcludeFromDescription();
    }

    private static async Task<IResult> Take(
        [FromForm] string? intent, [FromForm] string? rung, [FromForm] string? share, ClaimsPrincipal caller,
        Database database, PlaybookHost playbooks, AutonomyRungs rungs, KillSwitch killSwitch,
        CancellationToken cancellationToken)
    {
        if (EnumWords.Find<AutonomyRung>(rung ?? "") is not { } wanted)
            return Refused(400, $"rung is '{rung}': use {string.Join(", ", EnumWords.All<AutonomyRung>())}.");
        if (!double.TryParse(share, NumberStyles.Float, CultureInfo.InvariantCulture, out var of)
            || of is not (>= 0 and <= 1))
            return Refused(400, $"share is '{share}': use 0 to 1.");
        var lines = LadderDesk.Lines(database, playbooks.Current, rungs, killSwitch);
        if (lines.FirstOrDefault(l => l.Intent == intent) is not { } line)
            return Refused(404, $"There is no intent '{intent}'.");
        // What is taken on its evidence says the evidence; one that the page of before proposed is told so.
        var isProposed = line.Proposal is { } proposal && proposal.Rung == wanted && proposal.Share == of;
        // While a switch stops it, what is set beneath may be lowered, and no more.
        var held = line.Stopped is null ? line.Now
            : line.Set is { } set && set.Rung < line.Ceiling ? set.Rung : line.Ceiling;
        if (line.Stopped is { } stop && (wanted >= held || of > line.Share))
            return Refused(409, $"{line.Intent} was stopped by {stop.By}: let it go on first (page On call).");
        if (!isProposed && (wanted > held || of > line.Share))
            return Refused(409, "The evidence no longer speaks for this step. Nothing was changed.");
        var name = caller.Identity?.Name is { } known && AutonomyRungs.IsName(known) ? known : "console";
        await rungs.SetAsync(line.Intent, wanted, of, name,
            isProposed ? line.Proposal!.Why : "taken back on the page Autonomy", cancellationToken);
        return TypedResults.Redirect(Page);
    }

    private static ProblemResult Refused(int status, string problem) =>
        new(new Problem(status, "Not changed", problem) { Back = Page, BackTo = "Autonomy" });
}
