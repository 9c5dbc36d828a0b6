using System.Text.Json;
using System.Text.Json.Serialization;
using Baton.Conversations;
using Microsoft.Extensions.AI;

namespace Baton.Agents;

/// <summary>
/// What an agent has done so far, kept after every step: a run that stopped goes on from here, and never pays for a
/// step twice.
/// </summary>
internal sealed record AgentLog
{
    /// <summary>Whose turn it is.</summary>
    public required string Agent { get; init; }

    public IReadOnlyList<AgentStep> Steps { get; init; } = [];

    public long TokensIn { get; init; }

    public long TokensOut { get; init; }

    public decimal CostUsd { get; init; }

    public string? Model { get; init; }

    /// <summary>
    /// Everything that happened, in order. It is written to the ledger when the stage ends, and a process that dies
    /// before takes none of it along.
    /// </summary>
    public IReadOnlyList<AgentFact> Facts { get; init; } = [];

    /// <summary>Facts of its turn that the ledger had when it began: those of a run whose log was erased.</summary>
    public int Before { get; init; }

    [JsonIgnore]
    public long Tokens => TokensIn + TokensOut;

    [JsonIgnore]
    public IEnumerable<AgentCall> Calls => Steps.SelectMany(s => s.Calls);

    /// <summary>Calls that an agent has made, those it was refused included.</summary>
    public int CallsOf(string agent) =>
        Steps.Where(s => s.Agent == agent).SelectMany(s => s.Calls).Count(c => c.Word is not null);

    /// <summary>The same after another step.</summary>
    public AgentLog With(AgentStep step, ChatResponse response, decimal costUsd) => this with
    {
        Steps = [.. Steps, step],
        TokensIn = TokensIn + (response.Usage?.InputTokenCount ?? 0),
        TokensOut = TokensOut + (response.Usage?.OutputTokenCount ?? 0),
        CostUsd = CostUsd + costUsd,
        Model = response.ModelId ?? Model,
    };

    /// <summary>The same with the last step's calls as they are now.</summary>
    public AgentLog With(IReadOnlyList<AgentCall> calls) => this with
    {
        Steps = [.. Steps.SkipLast(1), Steps[^1] with { Calls = calls }],
    };

    /// <summary>The same with what has happened so far.</summary>
    public AgentLog With(IEnumerable<ConversationEvent> facts) => this with { Facts = [.. facts.Select(AgentFact.Of)] };

    /// <summary>What the model said to the end; null while the run goes on.</summary>
    [JsonIgnore]
    public string? LastWord => Steps is [.., { Calls.Count: 0, Text: var text }] ? text : null;

    /// <summary>Calls of the last step that have no result yet.</summary>
    [JsonIgnore]
    public bool HasOpenCalls => Steps is [.., var last] && last.Calls.Any(c => c.Word is null);

    /// <summary>The steps as a model reads them.</summary>
    public IEnumerable<ChatMessage> Messages()
    {
        foreach (var step in Steps)
        {
            List<AIContent> said = [];
            if (step.Text.Length > 0) said.Add(new TextContent(step.Text));
            said.AddRange(step.Calls.Select(c => new FunctionCallContent(c.Id, c.Tool,
                c.Inputs.EnumerateObject().ToDictionary(p => p.Name, p => (object?)p.Value))));
            yield return new ChatMessage(ChatRole.Assistant, said);
            if (step.Calls.Count > 0)
                yield return new ChatMessage(ChatRole.Tool,
                    [.. step.Calls.Select(AIContent (c) => new FunctionResultContent(c.Id, c.Result ?? ""))]);
        }
    }
}

/// <summary>One event of the ledger, as it will stand there.</summary>
internal sealed record AgentFact(string Type, JsonElement Data)
{
    public static AgentFact Of(ConversationEvent fact) =>
        new(ConversationJson.TypeOf(fact), JsonSerializer.Deserialize<JsonElement>(ConversationJson.Write(fact)));

    public ConversationEvent Read() => ConversationJson.Read(Type, JsonSerializer.SerializeToUtf8Bytes(Data));
}

/// <summary>One answer of the model.</summary>
internal sealed record AgentStep(string Agent, string Text, IReadOnlyList<AgentCall> Calls);

/// <summary>One call of a step.</summary>
/// <param name="Inputs">As the model wrote them, with placeholders.</param>
/// <param name="Word">How it ended; null: not yet.</param>
/// <param name="Result">What the model is told.</param>
/// <param name="Told">What the tool wants the customer to be told; null: nothing of its own.</param>
internal sealed record AgentCall(
    string Id, string Tool, JsonElement Inputs, string? Word = null, string? Result = null, string? Reference = null,
    decimal? Amount = null, string? Told = null)
{
    /// <summary>A call that did something.</summary>
    public const string Done = "done";

    /// <summary>A call that had surely no effect.</summary>
    public const string Failed = "failed";

    /// <summary>Nobody knows whether it had its effect.</summary>
    public const string Unclear = "unclear";

    /// <summary>A call that read something.</summary>
    public const string Read = "read";
}
