using System.Globalization;
using System.Text;
using Baton.Conversations;
using nietras.SeparatedValues;

namespace Baton.Channels.History;

/// <summary>
/// Tickets of a table: a row each, or several rows with one id, a message each. Columns by the mapping.
/// </summary>
internal static class TableTickets
{
    /// <summary>Characters of one row; a quotation mark that never ends would take in the rest of the file.</summary>
    private const int LongestRow = 4 * 1024 * 1024;

    /// <exception cref="HistoryException">It has no head, or the columns of the mapping are not there.</exception>
    public static IEnumerable<PastRecord> Read(string path, HistoryMapping mapping)
    {
        var (open, place) = ((PastTicket?)null, 0L);
        foreach (var (line, row, problem) in Rows(path))
        {
            if (row is null)
            {
                yield return new PastRecord(line, null, problem);
                continue;
            }
            var next = Ticket(row, mapping);
            if (next.Id.Length == 0)
            {
                yield return new PastRecord(line, null, $"has no id in column '{Column(mapping, "id")}'");
                continue;
            }
            if (open?.Id == next.Id)
            {
                open = open with
                {
                    Messages = [.. open.Messages, .. next.Messages], Team = next.Team ?? open.Team,
                    SolvedAt = next.SolvedAt ?? open.SolvedAt, Status = next.Status ?? open.Status,
                };
                continue;
            }
            if (open is not null) yield return new PastRecord(place, open);
            (open, place) = (next, line);
        }
        if (open is not null) yield return new PastRecord(place, open);
    }

    private static string Column(HistoryMapping mapping, string name) => mapping.Fields.GetValueOrDefault(name, name);

    private static PastTicket Ticket(Dictionary<string, string> row, HistoryMapping mapping)
    {
        string? Of(string name) =>
            row.TryGetValue(Column(mapping, name), out var value) && value.Trim().Length > 0 ? value.Trim() : null;
        var at = JsonRecords.Time(Of("created_at"));
        var messages = new List<PastMessage>();
        if (Of("body") is { } body)
            messages.Add(new PastMessage(
                Of("from")?.ToLowerInvariant() is "agent" or "staff" or "support" or "admin"
                    ? Author.Agent : Author.Customer, body, at));
        if (Of("answer") is { } answer) messages.Add(new PastMessage(Author.Agent, answer, null));
        return new PastTicket
        {
            Id = Of("id") ?? "", Channel = Of("channel") ?? "unknown", Customer = Of("customer"),
                Subject = Of("subject"),
            CreatedAt = at, SolvedAt = JsonRecords.Time(Of("solved_at")), Messages = messages, Team = Of("team"),
            Tags = Of("tags")?.Split([',', ';', ' '], StringSplitOptions.RemoveEmptyEntries) ?? [],
            Status = Of("status"), Priority = Of("priority"), RuleRoute = Of("rule_route"),
            FinalRoute = Of("final_route"),
            Stars = int.TryParse(Of("stars"), NumberStyles.None, CultureInfo.InvariantCulture, out var stars)
                && stars is >= 1 and <= 5 ? stars : null,
        };
    }

    private static IEnumerable<(long Line, Dictionary<string, string>? Row, string? Problem)> Rows(string path)
    {
        using var text = new StreamReader(path, Encoding.UTF8);
        var (names, separator) = ((string[]?)null, ',');
        foreach (var (line, raw) in Lines(text))
        {
            if (raw.Length > LongestRow)
            {
                yield return (line, null, $"has over {LongestRow:N0} characters: is a quotation mark not closed?");
                continue;
            }
            // The head says which it is.
            if (names is null) separator = ((char[])[',', ';', '\t']).MaxBy(c => raw.Count(r => r == c));
            var cells = Cells(raw, separator);
            if (names is null)
            {
                names = [.. cells.Select(c => c.Trim('\uFEFF', ' '))];
                continue;
            }
            if (cells.Length > names.Length)
                yield return (line, null, $"has {cells.Length} columns, the head has {names.Length}");
            else
                yield return (line, cells.Index().GroupBy(c => names[c.Index], c => c.Item)
                    .ToDictionary(g => g.Key, g => g.First(), StringComparer.OrdinalIgnoreCase), null);
        }
        if (names is null) throw new HistoryException($"{path}: is empty: the first row names the columns");
    }

    /// <summary>Rows as they stand: a row goes on while a quotation is open.</summary>
    private static IEnumerable<(long Line, string Raw)> Lines(StreamReader text)
    {
        var (number, start, row, quotes) = (0L, 1L, new StringBuilder(), 0);
        while (text.ReadLine() is { } line)
        {
            number++;
            if (row.Length == 0) start = number;
            else row.Append('\n');
            row.Append(line);
            quotes += line.Count(c => c == '"');
            if (quotes % 2 != 0 && row.Length <= LongestRow) continue;
            if (row.ToString().Trim().Length > 0) yield return (start, row.ToString());
            (quotes, _) = (0, row.Clear());
        }
        if (row.Length > 0) yield return (start, row.ToString());
    }

    private static string[] Cells(string raw, char separator)
    {
        using var reader = Sep.Reader(o => o with
        {
            HasHeader = false, Unescape = true, DisableColCountCheck = true, Sep = new Sep(separator),
        }).FromText(raw);
        foreach (var row in reader)
        {
            var cells = new string[row.ColCount];
            for (var i = 0; i < cells.Length; i++) cells[i] = row[i].ToString();
            return cells;
        }
        return [];
    }
}
