using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Baton.Conversations;
using Baton.Conversations.Findings;
using Baton.Decisions.Stages;
using Baton.Decisions.Stages.Offering;

namespace Baton.Decisions;

/// <summary>
/// Outputs of the product's stages, prepared by the compiler. One that is not here still works, a little slower.
/// </summary>
[JsonSerializable(typeof(CustomerGate))]
[JsonSerializable(typeof(Assessment))]
[JsonSerializable(typeof(ActReading))]
[JsonSerializable(typeof(Resolution))]
[JsonSerializable(typeof(AnswerCheck))]
[JsonSerializable(typeof(Guarded))]
[JsonSerializable(typeof(Offered))]
[JsonSerializable(typeof(Summarised))]
[JsonSerializable(typeof(Nothing))]
internal sealed partial class StageJsonContext : JsonSerializerContext;

/// <summary>JSON of stage outputs: the vocabulary's options, with the types of the stages on top.</summary>
internal static class StageJson
{
    private static readonly JsonSerializerOptions Options = new(ConversationJson.Options)
    {
        TypeInfoResolver = JsonTypeInfoResolver.Combine(
            StageJsonContext.Default, ConversationJson.Options.TypeInfoResolver, new DefaultJsonTypeInfoResolver()),
    };

    public static JsonTypeInfo<T> Of<T>() => Found<T>.Info;

    /// <summary>Looked up once for each type: a replay asks for some in every decision.</summary>
    private static class Found<T>
    {
        public static readonly JsonTypeInfo<T> Info = (JsonTypeInfo<T>)Options.GetTypeInfo(typeof(T));
    }
}
