using System.Text.Json;
using Baton.Playbooks.Gates;
using Baton.Playbooks.Imports;
using Baton.Playbooks.Loading.Source;

namespace Baton.Playbooks.Loading;

/// <summary>
/// Checks that the evaluation files and <c>imports.yaml</c> can be read. They decide nothing and are no part of the
/// version.
/// </summary>
internal static class EvalsCheck
{
    /// <returns>The gates, which are no part of the version either.</returns>
    public static IReadOnlyList<FigureGate> Check(PlaybookFolder folder, LoadState state)
    {
        var gates = state.Open(folder.ReadExtra(PlaybookFolder.Gates)) is { } file
            ? GateReader.Read(file, state.Problems) : [];
        if (state.Open(folder.ReadExtra(PlaybookFolder.Imports)) is { } imports) ImportsReader.Read(imports);
        if (folder.ReadExtra("evals/golden.jsonl") is not { } golden) return gates;
        var number = 0;
        foreach (var line in golden.Text.Split('\n'))
        {
            number++;
            if (string.IsNullOrWhiteSpace(line)) continue;
            if (Fault(line) is { } fault)
                state.Problems.Add(golden.Path, number, null, $"{fault}; write one JSON object per line");
        }
        return gates;
    }

    private static string? Fault(string line)
    {
        try
        {
            using var parsed = JsonDocument.Parse(line);
            return parsed.RootElement.ValueKind == JsonValueKind.Object ? null
                : $"expected an object, found {parsed.RootElement.ValueKind}";
        }
        catch (JsonException error)
        {
            return $"not JSON at character {error.BytePositionInLine + 1}";
        }
    }
}
