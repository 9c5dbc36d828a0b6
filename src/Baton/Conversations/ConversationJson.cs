using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Baton.Conversations.Findings;
using Baton.Customers;

namespace Baton.Conversations;

/// <summary>
/// JSON of the conversation's vocabulary: snake case, words for enums, nulls written only where documented.
/// </summary>
[JsonSerializable(typeof(Decision))]
[JsonSerializable(typeof(StageOutput))]
[JsonSerializable(typeof(IReadOnlyList<Citation>))]
[JsonSerializable(typeof(ActReading))]
[JsonSerializable(typeof(AgentReading))]
[JsonSerializable(typeof(IReadOnlyList<TicketAction>))]
[JsonSerializable(typeof(CustomerContext))]
[JsonSerializable(typeof(ConversationEvent.ConversationStarted))]
[JsonSerializable(typeof(ConversationEvent.MessageReceived))]
[JsonSerializable(typeof(ConversationEvent.CustomerContextFetched))]
[JsonSerializable(typeof(ConversationEvent.MessageErased))]
[JsonSerializable(typeof(ConversationEvent.StageCompleted))]
[JsonSerializable(typeof(ConversationEvent.StagesCompleted))]
[JsonSerializable(typeof(ConversationEvent.StageFailed))]
[JsonSerializable(typeof(ConversationEvent.DecisionScored))]
[JsonSerializable(typeof(ConversationEvent.ModelFellBack))]
[JsonSerializable(typeof(ConversationEvent.SecondOpinionGiven))]
[JsonSerializable(typeof(ConversationEvent.ToolCalled))]
[JsonSerializable(typeof(ConversationEvent.ToolDenied))]
[JsonSerializable(typeof(ConversationEvent.AgentStepped))]
[JsonSerializable(typeof(ConversationEvent.ApprovalRequested))]
[JsonSerializable(typeof(ConversationEvent.ApprovalGiven))]
[JsonSerializable(typeof(ConversationEvent.ApprovalRefused))]
[JsonSerializable(typeof(ConversationEvent.ApprovalExpired))]
[JsonSerializable(typeof(ConversationEvent.ScoreOpinionGiven))]
[JsonSerializable(typeof(ConversationEvent.ActionUndone))]
[JsonSerializable(typeof(ConversationEvent.ActionsFound))]
[JsonSerializable(typeof(ConversationEvent.ApprovalChangeDenied))]
[JsonSerializable(typeof(ConversationEvent.TriggerFired))]
[JsonSerializable(typeof(ConversationEvent.DecisionMade))]
[JsonSerializable(typeof(ConversationEvent.OfferMade))]
[JsonSerializable(typeof(ConversationEvent.DraftWritten))]
[JsonSerializable(typeof(ConversationEvent.DraftSent))]
[JsonSerializable(typeof(ConversationEvent.DraftEdited))]
[JsonSerializable(typeof(ConversationEvent.DraftDiscarded))]
[JsonSerializable(typeof(ConversationEvent.ReplySent))]
[JsonSerializable(typeof(ConversationEvent.QuestionAsked))]
[JsonSerializable(typeof(ConversationEvent.Held))]
[JsonSerializable(typeof(ConversationEvent.Escalated))]
[JsonSerializable(typeof(ConversationEvent.Locked))]
[JsonSerializable(typeof(ConversationEvent.FallbackScheduled))]
[JsonSerializable(typeof(ConversationEvent.CallbackScheduled))]
[JsonSerializable(typeof(ConversationEvent.CallbackAttempted))]
[JsonSerializable(typeof(ConversationEvent.CallbackMissed))]
[JsonSerializable(typeof(ConversationEvent.PromiseKept))]
[JsonSerializable(typeof(ConversationEvent.PromiseBroken))]
[JsonSerializable(typeof(ConversationEvent.TicketRecorded))]
[JsonSerializable(typeof(ConversationEvent.DeliveryFailed))]
[JsonSerializable(typeof(ConversationEvent.DeliveryRecovered))]
[JsonSerializable(typeof(ConversationEvent.DeliveryRetried))]
[JsonSerializable(typeof(ConversationEvent.Offered))]
[JsonSerializable(typeof(ConversationEvent.OfferAccepted))]
[JsonSerializable(typeof(ConversationEvent.OfferDeclined))]
[JsonSerializable(typeof(ConversationEvent.OfferExpired))]
[JsonSerializable(typeof(ConversationEvent.Assigned))]
[JsonSerializable(typeof(ConversationEvent.Claimed))]
[JsonSerializable(typeof(ConversationEvent.Released))]
[JsonSerializable(typeof(ConversationEvent.HandedOver))]
[JsonSerializable(typeof(ConversationEvent.Rerouted))]
[JsonSerializable(typeof(ConversationEvent.NoteAdded))]
[JsonSerializable(typeof(ConversationEvent.HandoffJudged))]
[JsonSerializable(typeof(ConversationEvent.AgentReplied))]
[JsonSerializable(typeof(ConversationEvent.ReplyWritten))]
[JsonSerializable(typeof(ConversationEvent.ReplyTakenBack))]
[JsonSerializable(typeof(ConversationEvent.Unlocked))]
[JsonSerializable(typeof(ConversationEvent.Closed))]
[JsonSerializable(typeof(ConversationEvent.RatingAsked))]
[JsonSerializable(typeof(ConversationEvent.Reopened))]
[JsonSerializable(typeof(ConversationEvent.MergedInto))]
[JsonSerializable(typeof(ConversationEvent.MergedFrom))]
[JsonSerializable(typeof(ConversationEvent.Rated))]
[JsonSerializable(typeof(ConversationEvent.DecisionReviewed))]
[JsonSerializable(typeof(ConversationEvent.SlaStarted))]
[JsonSerializable(typeof(ConversationEvent.SlaPaused))]
[JsonSerializable(typeof(ConversationEvent.SlaResumed))]
[JsonSerializable(typeof(ConversationEvent.SlaChanged))]
[JsonSerializable(typeof(ConversationEvent.SlaWarned))]
[JsonSerializable(typeof(ConversationEvent.SlaMet))]
[JsonSerializable(typeof(ConversationEvent.SlaBreached))]
[JsonSerializable(typeof(ConversationEvent.SlaStopped))]
[JsonSerializable(typeof(ConversationEvent.PriorityRaised))]
[JsonSerializable(typeof(ConversationEvent.Requeued))]
[JsonSerializable(typeof(ConversationEvent.ResolutionAssumed))]
[JsonSerializable(typeof(ConversationEvent.ResolutionConfirmed))]
[JsonSerializable(typeof(ConversationEvent.ResolutionVerified))]
[JsonSerializable(typeof(ConversationEvent.ResolutionWithdrawn))]
internal sealed partial class ConversationJsonContext : JsonSerializerContext;

/// <summary>Enum words in snake case: <c>HumanNow</c> is <c>human_now</c>.</summary>
internal sealed class SnakeCaseEnums()
    : JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false);

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

    /// <summary>UTF-8 JSON of an event.</summary>
    public static byte[] Write(ConversationEvent fact) =>
        JsonSerializer.SerializeToUtf8Bytes(fact, Types[fact.GetType().Name]);

    /// <summary>Reads a stored event.</summary>
    /// <exception cref="InvalidOperationException">The type is not in the catalogue: written by a newer
    /// version.</exception>
    public static ConversationEvent Read(string type, ReadOnlySpan<byte> utf8) =>
        Types.TryGetValue(type, out var info)
            ? (ConversationEvent)JsonSerializer.Deserialize(utf8, info)!
            : throw new InvalidOperationException(
                $"event type '{type}' is unknown: the ledger was written by a newer version of Baton; upgrade this one");

    /// <summary>The decision as one line of JSON, in the documented field order, with nulls.</summary>
    public static string Write(Decision decision) => JsonSerializer.Serialize(decision, Context.Decision);

    /// <summary>A record of the vocabulary inside other documents.</summary>
    public static JsonElement Element<T>(T value) => JsonSerializer.SerializeToElement(value, Info<T>());

    /// <summary>A reading of the vocabulary as a stage's output.</summary>
    public static StageOutput Output<T>(T reading) where T : class => StageOutput.Of(reading, Info<T>());

    /// <summary>A stage's output as a reading of the vocabulary.</summary>
    public static T Read<T>(StageOutput output) where T : class => output.Read(Info<T>());

    private static JsonTypeInfo<T> Info<T>() => (JsonTypeInfo<T>)(Context.GetTypeInfo(typeof(T))
        ?? throw new InvalidOperationException($"{typeof(T).Name} is not in the JSON context"));
}
