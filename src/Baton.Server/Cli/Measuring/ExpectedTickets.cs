using System.Text.Json;
using Baton.Conversations;
using Baton.Evaluation.Metrics;

namespace Baton.Server.Cli.Measuring;

/// <summary>The labels of a file of tickets, and what its decisions made of them.</summary>
internal static class ExpectedTickets
{
    /// <summary>By id of the ticket; of two lines with one id the first counts, as in a run.</summary>
    /// <exception cref="CliError">A label is not as the schema says.</exception>
    public static IReadOnlyDictionary<string, Expectation> Read(string file)
    {
        var expected = new Dictionary<string, Expectation>();
        var number = 0;
        foreach (var line in File.ReadLines(file))
        {
            number++;
            if (!line.Contains("\"expect\"", StringComparison.Ordinal)) continue;
            try
            {
                var json = JsonSerializer.Deserialize<JsonElement>(line);
                if (json.ValueKind == JsonValueKind.Object && Expectation.Of(json) is { } expect
                    && json.TryGetProperty("id", out var id) && id.ValueKind == JsonValueKind.String)
                    expected.TryAdd(id.GetString()!, expect);
            }
            catch (FormatException error)
            {
                throw new CliError($"{file}:{number}: {error.Message}; see docs/labelled-tickets.md");
            }
            catch (JsonException)
            {
                // The run has named the line.
            }
        }
        return expected;
    }

    /// <summary>The labelled tickets among the decisions, in the order of these.</summary>
    public static TicketFigures Judge(
        IReadOnlyDictionary<string, Expectation> expected, IEnumerable<Decision> decisions) => new([
            .. decisions.Where(d => expected.ContainsKey(d.TicketId))
                .Select(d => JudgedTicket.Of(d.TicketId, expected[d.TicketId], d)),
        ]);
}
