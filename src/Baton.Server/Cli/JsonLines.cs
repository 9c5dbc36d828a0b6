using System.Text.Json;

namespace Baton.Server.Cli;

/// <summary>Reads files of one JSON object per line, with errors that name the file and the line.</summary>
internal static class JsonLines
{
    /// <summary>Every line of every file as a parsed object. Blank lines are skipped.</summary>
    /// <exception cref="CliError">A file is missing or a line is not a JSON object.</exception>
    public static IEnumerable<JsonElement> Read(params IEnumerable<string> files)
    {
        foreach (var file in files)
        {
            if (!File.Exists(file)) throw new CliError($"{file}: no such file");
            var number = 0;
            foreach (var line in File.ReadLines(file))
            {
                number++;
                if (!string.IsNullOrWhiteSpace(line)) yield return Parse(file, number, line);
            }
        }
    }

    /// <summary>A required string field of a line.</summary>
    public static string Text(JsonElement line, string field) =>
        line.TryGetProperty(field, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()!
            : throw new CliError($"a line has no text field '{field}': {Start(line.GetRawText())}");

    private static JsonElement Parse(string file, int number, string line)
    {
        try
        {
            var element = JsonSerializer.Deserialize<JsonElement>(line);
            if (element.ValueKind == JsonValueKind.Object) return element;
            throw new CliError($"{file}:{number}: expected a JSON object, found: {Start(line)}");
        }
        catch (JsonException error)
        {
            throw new CliError($"{file}:{number}: not JSON ({error.Message}): {Start(line)}");
        }
    }

    private static string Start(string text) => text.Length <= 60 ? text : text[..60] + "…";
}
