using System.Buffers.Binary;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Baton.Testing.StandIn;

/// <summary>Embeddings of the words only: equal texts get equal unit vectors, and that is all they mean.</summary>
internal static class StandInEmbeddings
{
    private const int DefaultDimensions = 64;
    private const int MaxDimensions = 4096;

    /// <summary>What a script matches on: the texts stand for what the user said.</summary>
    /// <exception cref="JsonException">The body is not JSON or lacks a required field.</exception>
    public static StandInCall Call(string body)
    {
        var (_, model, inputs) = Read(body);
        return new StandInCall { Model = model, LastUser = string.Join('\n', inputs) };
    }

    public static JsonObject Answer(string body)
    {
        var (root, model, inputs) = Read(body);
        var size = Math.Clamp((int?)root["dimensions"] ?? DefaultDimensions, 1, MaxDimensions);
        var packed = (string?)root["encoding_format"] == "base64";
        var tokens = inputs.Sum(i => Math.Max(1, i.Length / 4));
        return new JsonObject
        {
            ["object"] = "list",
            ["model"] = model,
            ["data"] = new JsonArray([.. inputs.Select((text, i) => new JsonObject
            {
                ["object"] = "embedding", ["index"] = i, ["embedding"] = Encode(Vector(text, size), packed),
            })]),
            ["usage"] = new JsonObject { ["prompt_tokens"] = tokens, ["total_tokens"] = tokens },
        };
    }

    private static (JsonObject Root, string Model, List<string> Inputs) Read(string body)
    {
        var root = JsonNode.Parse(body) as JsonObject ?? throw new JsonException("expected a JSON object");
        var model = (string?)root["model"] ?? throw new JsonException("missing required field 'model'");
        return (root, model, root["input"] switch
        {
            JsonArray many => [.. many.Select(i => i!.ToString())],
            { } one => [one.ToString()],
            null => throw new JsonException("missing required field 'input'"),
        });
    }

    private static float[] Vector(string text, int size)
    {
        var vector = new float[size];
        foreach (var word in text.ToLowerInvariant().Split(' ', StringSplitOptions.RemoveEmptyEntries))
            vector[Bucket(word, size)] += 1;
        var norm = MathF.Sqrt(vector.Sum(v => v * v));
        if (norm > 0) for (var i = 0; i < size; i++) vector[i] /= norm;
        return vector;
    }

    private static int Bucket(string word, int size)
    {
        var hash = 2166136261u;
        foreach (var letter in word) hash = (hash ^ letter) * 16777619u;
        return (int)(hash % (uint)size);
    }

    private static JsonNode Encode(float[] vector, bool packed)
    {
        if (!packed) return new JsonArray([.. vector.Select(v => JsonValue.Create(v))]);
        var bytes = new byte[vector.Length * sizeof(float)];
        for (var i = 0; i < vector.Length; i++)
            BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(i * sizeof(float)), vector[i]);
        return JsonValue.Create(Convert.ToBase64String(bytes));
    }
}
