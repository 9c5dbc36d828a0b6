using System.Text.Json.Nodes;
using Baton.Playbooks;
using Baton.Playbooks.Acting;
using Baton.Testing;
using Baton.Testing.Agents;
using Baton.Tools.Authority;

namespace Baton.Tests.Tools.Authority;

/// <summary>A tool that gives money back, and who may call it.</summary>
internal static class RefundTool
{
    public const string Yaml = RefundTexts.Yaml, Agents = RefundTexts.Agents;

    public static PlaybookFiles Files => new PlaybookFiles().With("tools/issue_refund.yaml", Yaml)
        .With("agents.yaml", Agents);

    public static Playbook Playbook { get; } = Files.Playbook();

    public static DateTimeOffset Now => RefundTexts.Now;

    public static ToolCall Call(double amount = 80, string order = "T-1001") => new()
    {
        Tool = "issue_refund", Agent = "refund", ConversationId = "c1", Turn = 1,
        Inputs = new JsonObject { ["order_id"] = order, ["amount"] = amount, ["currency"] = "EUR" },
    };

    public static ToolFacts Facts(string order = """
        {"id":"T-1001","status":"delivered","total":80,"delivered_on":"2026-11-20","items":[{"price":30},{"price":50}]}
        """) => new()
        {
            Data = new JsonObject { ["order"] = JsonNode.Parse(order) }, Identity = IdentityNeed.Matched, Now = Now,
        };
}
