using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Baton.Conversations;

/// <summary>JSON of the conversation's vocabulary: snake case, words for enums, nulls written only where documented.</summary>
[JsonSerializable(typeof(Decision))]
[JsonSerializable(typeof(ConversationEvent.ConversationStarted))]
[JsonSerializable(typeof(ConversationEvent.MessageReceived))]
[JsonSerializable(typeof(ConversationEvent.CustomerContextFetched))]
[JsonSerializable(typeof(ConversationEvent.MessageErased))]
[JsonSerializable(typeof(ConversationEvent.StageCompleted))]
[JsonSerializable(typeof(ConversationEvent.StageFailed))]
[JsonSerializable(typeof(ConversationEvent.ModelFellBack))]
[JsonSerializable(typeof(ConversationEvent.ToolCalled))]
[JsonSerializable(typeof(ConversationEvent.ToolDenied))]
[JsonSerializable(typeof(ConversationEvent.ApprovalRequested))]
[JsonSerializable(typeof(ConversationEvent.ApprovalGiven))]
[JsonSerializable(typeof(ConversationEvent.ApprovalRefused))]
[JsonSerializable(typeof(ConversationEvent.TriggerFired))]
[JsonSerializable(typeof(ConversationEvent.DecisionMade))]
[JsonSerializable(typeof(ConversationEvent.ReplySent))]
[JsonSerializable(typeof(ConversationEvent.QuestionAsked))]
[JsonSerializable(typeof(ConversationEvent.Held))]
[JsonSerializable(typeof(ConversationEvent.Escalated))]
[JsonSerializable(typeof(ConversationEvent.Locked))]
[JsonSerializable(typeof(ConversationEvent.FallbackScheduled))]
[JsonSerializable(typeof(ConversationEvent.TicketRecorded))]
[JsonSerializable(typeof(ConversationEvent.Claimed))]
[JsonSerializable(typeof(ConversationEvent.Released))]
[JsonSerializable(typeof(ConversationEvent.Rerouted))]
[JsonSerializable(typeof(ConversationEvent.AgentReplied))]
[JsonSerializable(typeof(ConversationEvent.Unlocked))]
[JsonSerializable(typeof(ConversationEvent.Closed))]
[JsonSerializable(typeof(ConversationEvent.Reopened))]
[JsonSerializable(typeof(ConversationEvent.Rated))]
[JsonSerializable(typeof(ConversationEvent.SlaStarted))]
[JsonSerializable(typeof(ConversationEvent.SlaPaused))]
[JsonSerializable(typeof(ConversationEvent.SlaMet))]
[JsonSerializable(typeof(ConversationEvent.SlaBreached))]
[JsonSerializable(typeof(ConversationEvent.ResolutionAssumed))]
[JsonSerializable(typeof(ConversationEvent.ResolutionConfirmed))]
[JsonSerializable(typeof(ConversationEvent.ResolutionVerified))]
[JsonSerializable(typeof(ConversationEvent.ResolutionWithdrawn))]
internal sealed partial class ConversationJsonContext : JsonSerializerContext;

/// <summary>Enum words in snake case: <c>HumanNow</c> is <c>human_now</c>.</summary>
internal sealed class SnakeCaseEnums() : JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false);

/// <summary>Reads and writes the vocabulary; event types are named after their records.</summary>
public static class ConversationJson
{
    private static readonly ConversationJsonContext Context = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        // Ledger text is read by people and never pasted into HTML unescaped.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new SnakeCaseEnums() },
    });

    private static readonly Dictionary<string, JsonTypeInfo> Types = typeof(ConversationEvent).GetNestedTypes()
        .ToDictionary(type => type.Name, type => Context.GetTypeInfo(type)
            ?? throw new InvalidOperationException($"{type.Name} is not in the JSON context"));

    /// <summary>Names of all events.</summary>
    public static IReadOnlyCollection<string> EventTypes => Types.Keys;

    /// <summary>The options, for serialising the vocabulary inside other documents.</summary>
    public static JsonSerializerOptions Options => Context.Options;

    public static string TypeOf(ConversationEvent fact) => fact.GetType().Name;

    public static string Write(ConversationEvent fact) => JsonSerializer.Serialize(fact, Types[fact.GetType().Name]);

    /// <summary>Reads a stored event.</summary>
    /// <exception cref="InvalidOperationException">The type is not in the catalogue: written by a newer version.</exception>
    public static ConversationEvent Read(string type, string data) =>
        Types.TryGetValue(type, out var info)
            ? (ConversationEvent)JsonSerializer.Deserialize(data, info)!
            : throw new InvalidOperationException(
                $"event type '{type}' is unknown: the ledger was written by a newer version of Baton; upgrade this one");

    /// <summary>The decision as one line of JSON, in the documented field order, with nulls.</summary>
    public static string Write(Decision decision) => JsonSerializer.Serialize(decision, Context.Decision);

    public static Decision ReadDecision(string json) => JsonSerializer.Deserialize(json, Context.Decision)!;
}
