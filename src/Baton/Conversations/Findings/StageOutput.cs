using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Baton.Conversations.Findings;

/// <summary>
/// The output of a stage: the record itself while the turn runs, JSON when it comes from the ledger. It is written
/// once, with its event.
/// </summary>
[JsonConverter(typeof(StageOutputJson))]
public sealed class StageOutput
{
    private readonly object? _value;
    private readonly JsonTypeInfo? _type;
    private readonly JsonElement _json;
    private object? _read;

    private StageOutput(object value, JsonTypeInfo type) => (_value, _type) = (value, type);

    private StageOutput(JsonElement json) => _json = json;

    /// <summary>A fresh output.</summary>
    /// <param name="type">How it is written.</param>
    public static StageOutput Of<T>(T value, JsonTypeInfo<T> type) where T : class => new(value, type);

    /// <summary>An output as the ledger holds it.</summary>
    public static StageOutput Of(JsonElement json) => new(json);

    /// <summary>The output as a record.</summary>
    /// <exception cref="InvalidOperationException">The ledger holds null.</exception>
    public T Read<T>(JsonTypeInfo<T> type) where T : class => _value as T ?? _read as T ?? FromJson(type);

    /// <summary>The output as JSON.</summary>
    public JsonElement Json => _type is null ? _json : JsonSerializer.SerializeToElement(_value, _type);

    /// <summary>Kept: whoever makes a turn again reads the same output several times; records do not change.</summary>
    private T FromJson<T>(JsonTypeInfo<T> type) where T : class
    {
        var read = Json.Deserialize(type)
            ?? throw new InvalidOperationException($"an event holds null where {typeof(T).Name} was expected");
        _read = read;
        return read;
    }

    internal void WriteTo(Utf8JsonWriter writer)
    {
        if (_type is not null) JsonSerializer.Serialize(writer, _value, _type);
        else if (_json.ValueKind == JsonValueKind.Undefined) writer.WriteNullValue();
        else _json.WriteTo(writer);
    }
}

/// <summary>A stage's output is written as its record is, without a word about which record that is.</summary>
internal sealed class StageOutputJson : JsonConverter<StageOutput>
{
    public override StageOutput Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        StageOutput.Of(JsonElement.ParseValue(ref reader));

    public override void Write(Utf8JsonWriter writer, StageOutput value, JsonSerializerOptions options) =>
        value.WriteTo(writer);
}
