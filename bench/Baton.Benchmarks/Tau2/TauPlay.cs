using System.Text.Json;
using System.Text.Json.Nodes;
using Baton.Playbooks;
using Baton.Text;
using Baton.Tools.Authority;
using Microsoft.Extensions.AI;

namespace Baton.Benchmarks.Tau2;

/// <summary>
/// One task, played: a model is the agent, a model is the customer, and the authority stands between the agent's calls
/// and the records. It passes when the effects that happened are those of the gold answer.
/// </summary>
internal sealed class TauPlay(TauWorld world, Playbook playbook, string policy, IChatClient agent, IChatClient customer)
{
    /// <summary>Messages of the customer, and answers of the agent between two of them.</summary>
    private const int MostTurns = 12, MostSteps = 12;

    private const string End = "###STOP###";

    private readonly List<AITool> _tools =
    [
        .. playbook.Tools.Where(t => !t.Name.StartsWith("review_", StringComparison.Ordinal)).Select(t =>
            AIFunctionFactory.CreateDeclaration(
                t.Name, t.Description, JsonSerializer.SerializeToElement(t.InputSchema))),
    ];

    /// <summary>Whether the effects came out as the gold answer's.</summary>
    public async Task<bool> PassesAsync(TauTask task, CancellationToken cancellationToken)
    {
        var gold = Effects(Play(task.Calls));
        world.Begin(task);
        List<TauCall> done = [];
        List<ChatMessage> said = [new(ChatRole.System, policy)];
        var shown = "";
        for (var turn = 0; turn < MostTurns; turn++)
        {
            var words = await CustomerAsync(task, said, cancellationToken);
            if (words.Contains(End, StringComparison.Ordinal)) break;
            said.Add(new ChatMessage(ChatRole.User, words));
            var agreed = PlainYes.Is(words, shown);
            shown = await AgentAsync(said, agreed, done, cancellationToken);
        }
        return Effects(done).SequenceEqual(gold);
    }

    private async Task<string> AgentAsync(
        List<ChatMessage> said, bool agreed, List<TauCall> done, CancellationToken cancellationToken)
    {
        for (var step = 0; step < MostSteps; step++)
        {
            var answer = await agent.GetResponseAsync(said, new ChatOptions { Tools = _tools }, cancellationToken);
            said.AddRange(answer.Messages);
            var calls = answer.Messages.SelectMany(m => m.Contents).OfType<FunctionCallContent>().ToList();
            if (calls.Count == 0) return answer.Text;
            said.Add(new ChatMessage(ChatRole.Tool,
                [.. calls.Select(AIContent (c) => new FunctionResultContent(c.CallId, Call(c, agreed, done)))]));
        }
        return "";
    }

    private string Call(FunctionCallContent asked, bool agreed, List<TauCall> done)
    {
        var inputs = JsonSerializer.SerializeToNode(asked.Arguments ?? new Dictionary<string, object?>())!.AsObject();
        var call = new TauCall(asked.Name, inputs) { Agreed = agreed };
        switch (world.Decide(playbook, call))
        {
            case ToolVerdict.NeedsConfirmation or ToolVerdict.Denied { Clause: "confirm" }:
                return "Not done: show the customer exactly this, and call again after a plain yes.";
            case ToolVerdict.Denied: return "You may not do this. Do not try it again.";
        }
        if (!playbook.Tools.First(t => t.Name == call.Tool).HasEffect)
            return (world.Read(call.Tool, inputs) ?? "nothing found").ToString();
        world.Apply(call);
        done.Add(call);
        return "done";
    }

    /// <summary>The other side: it sees what is said, and not what the agent looks up.</summary>
    private async Task<string> CustomerAsync(
        TauTask task, List<ChatMessage> said, CancellationToken cancellationToken)
    {
        List<ChatMessage> seen =
        [
            new(ChatRole.System, "You are a customer who writes to a company's support, one short message at a time. Do "
                + $"not tell everything at once, and make nothing up. When all is done or refused, write {End}.\n\n{task.Story}"),
            new(ChatRole.User, "Hi! How can I help you today?"),
        ];
        var heard = said.Where(m => m.Text.Length > 0 && m.Role != ChatRole.System && m.Role != ChatRole.Tool);
        foreach (var message in heard)
            seen.Add(new ChatMessage(message.Role == ChatRole.User ? ChatRole.Assistant : ChatRole.User, message.Text));
        return (await customer.GetResponseAsync(seen, null, cancellationToken)).Text;
    }

    private List<TauCall> Play(IEnumerable<TauCall> calls) =>
        [.. calls.Where(c => !c.ByCustomer && playbook.Tools.Any(t => t.Name == c.Tool && t.HasEffect))];

    /// <summary>In one order and one way of writing, since neither makes a difference.</summary>
    private static List<string> Effects(IEnumerable<TauCall> calls) =>
    [
        .. calls.Select(c => $"{c.Tool} {Canonical(c.Inputs)}").Order(StringComparer.Ordinal),
    ];

    private static string Canonical(JsonNode? node) => node switch
    {
        JsonObject members => "{" + string.Join(',', members.OrderBy(m => m.Key, StringComparer.Ordinal)
            .Select(m => $"{m.Key}:{Canonical(m.Value)}")) + "}",
        JsonArray list => "[" + string.Join(',', list.Select(Canonical)) + "]",
        _ => node?.ToString() ?? "",
    };
}
