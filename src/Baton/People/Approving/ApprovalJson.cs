using System.Globalization;
using System.Security.Claims;
using System.Text.Json;
using System.Text.Json.Nodes;
using Baton.Conversations.Approvals;
using Baton.Conversations.Tickets;
using Baton.Playbooks;

namespace Baton.People.Approving;

/// <summary>Approvals and decisions about them as JSON.</summary>
internal static class ApprovalJson
{
    /// <summary>Of a reason, characters.</summary>
    private const int LongestWhy = 1_000;

    public static JsonObject Of(Approval approval) => new()
    {
        ["id"] = approval.Id, ["ticket_id"] = approval.ConversationId, ["agent"] = approval.Agent,
        ["tool"] = approval.Tool, ["inputs"] = approval.Inputs is { } inputs ? JsonNode.Parse(inputs) : null,
        ["amount"] = approval.Amount, ["currency"] = approval.Currency, ["reason"] = approval.Reason,
        ["role"] = approval.Role, ["four_eyes"] = approval.FourEyes,
        ["approved_by"] = new JsonArray([.. approval.Yes.Select(y => (JsonNode)y)]),
        ["status"] = EnumWords.Of(approval.Status), ["requested_at"] = approval.RequestedAt,
        ["expires_at"] = approval.ExpiresAt,
    };

    /// <summary>A decision of whoever calls, or null with what is wrong with it.</summary>
    /// <param name="tool">The tool as the playbook has it now; null when it is gone.</param>
    /// <param name="amount">The amount of changed inputs.</param>
    public static ApprovalVote? Read(
        JsonElement json, ClaimsPrincipal caller, Tool? tool, out decimal? amount, out string? problem)
    {
        (amount, problem) = (null, null);
        var decision = Text(json, "decision");
        var why = Text(json, "why");
        if (decision is not ("approve" or "refuse")) problem = $"decision is '{decision}': write approve or refuse.";
        else if (why?.Length > LongestWhy) problem = $"why has {why.Length} characters, the limit is {LongestWhy}.";
        if (problem is not null) return null;
        // Whoever calls decides, and nobody in another's name: of two that must agree each has a way in of its own.
        var vote = new ApprovalVote(Acting.Of(caller) ?? "host", RoleOf(caller), decision == "approve", null, why);
        if (json.ValueKind != JsonValueKind.Object || !json.TryGetProperty("inputs", out var inputs)) return vote;
        if (inputs.ValueKind != JsonValueKind.Object)
        {
            problem = "inputs must be an object: all inputs of the call, as they shall be.";
            return null;
        }
        if (tool?.Money is { } money && inputs.TryGetProperty(money.AmountInput, out var value)
            && decimal.TryParse(value.ToString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
            amount = number;
        return vote with { Inputs = inputs.GetRawText() };
    }

    /// <summary>Of a person what the sign-in says; of a key the highest role whose rights it holds.</summary>
    public static string RoleOf(ClaimsPrincipal caller)
    {
        if (caller.FindFirst(ClaimTypes.Role)?.Value is { } role) return role;
        var scopes = caller.FindAll(Acting.ScopeClaim).Select(c => c.Value).ToHashSet();
        if (scopes.Contains(Operations.AccessScopes.Everything)) return EnumWords.Of(PersonRole.Admin);
        return EnumWords.Of(Enum.GetValues<PersonRole>().Where(r => r != PersonRole.Admin)
            .LastOrDefault(r => PersonRoles.Scopes(r).All(scopes.Contains)));
    }

    private static string? Text(JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var value)
            && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
