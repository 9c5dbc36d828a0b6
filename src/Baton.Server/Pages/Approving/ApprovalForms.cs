using System.Globalization;
using System.Security.Claims;
using System.Text.Json.Nodes;
using Baton.Conversations;
using Baton.Conversations.Approvals;
using Baton.People.Approving;
using Baton.Playbooks;
using Baton.Server.Api;
using Microsoft.AspNetCore.Mvc;

namespace Baton.Server.Pages.Approving;

/// <summary>What people decide on the page of approvals.</summary>
internal static class ApprovalForms
{
    extension(IEndpointRouteBuilder routes)
    {
        public void MapApprovalForms() => routes.MapPost("/approvals", Decide).ExcludeFromDescription();
    }

    private static async Task<IResult> Decide(
        [FromForm] string? id, [FromForm] string? decision, [FromForm] string? why, [FromForm] string? amount,
        ClaimsPrincipal caller, ApprovalDesk desk, ConversationStore store, PlaybookHost playbooks,
        CancellationToken cancellationToken)
    {
        if (store.Database.Read(c => ApprovalRows.Find(c, id ?? "")) is not { } approval)
            return Refused(404, $"There is no approval {id}.");
        if (decision is not ("approve" or "refuse"))
            return Refused(400, $"decision is '{decision}': say approve or refuse.");
        var (inputs, changed) = (default(string), default(decimal?));
        if (decision == "approve" && !string.IsNullOrWhiteSpace(amount) && approval.Amount is { } asked)
        {
            if (!decimal.TryParse(amount, NumberStyles.Float, CultureInfo.InvariantCulture, out var wanted))
                return Refused(400, $"amount is '{amount}': write a number such as 40.00.");
            if (wanted != asked) (inputs, changed) = (With(approval, playbooks.Current, wanted), wanted);
        }
        var vote = new ApprovalVote(
            Callers.Actor(caller), ApprovalJson.RoleOf(caller), decision == "approve", inputs, why);
        return await desk.DecideAsync(approval.Id, vote, changed, cancellationToken) switch
        {
            ApprovalAnswer.NotAllowed no => Refused(403, Sentence(no.Why)),
            ApprovalAnswer.Late late => Refused(409, Sentence(late.Why)),
            ApprovalAnswer.Forbidden no => Refused(422, Sentence(no.Why)),
            _ => TypedResults.Redirect("/approvals"),
        };
    }

    /// <summary>The inputs with another amount; the others stay as they were asked for.</summary>
    private static string? With(Approval approval, Playbook playbook, decimal amount)
    {
        if (playbook.Tools.FirstOrDefault(t => t.Name == approval.Tool)?.Money is not { } money
            || approval.Inputs is not { } asked) return null;
        var inputs = JsonNode.Parse(asked)!.AsObject();
        inputs[money.AmountInput] = amount;
        return inputs.ToJsonString();
    }

    private static string Sentence(string why) => char.ToUpperInvariant(why[0]) + why[1..] + ".";

    private static ProblemResult Refused(int status, string problem) =>
        new(new Problem(status, "Not decided", problem) { Back = "/approvals", BackTo = "Approvals" });
}
