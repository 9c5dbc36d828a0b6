using Baton.Playbooks;
using Baton.Playbooks.Loading.Source;

namespace Baton.Server.Costs;

/// <summary>Something that is paid for besides models.</summary>
/// <param name="Monthly">Dollars a month.</param>
/// <param name="PerTicket">Dollars a ticket.</param>
/// <param name="From">Tickets a day from which on it is needed.</param>
/// <param name="Each">Tickets a day that one of it does for; null: one does for all.</param>
public sealed record FixedCost(string Name, decimal Monthly, decimal PerTicket, int From, int? Each)
{
    /// <summary>What it costs a month at so many tickets a day.</summary>
    public decimal At(int perDay, decimal daysPerMonth) => perDay < From ? 0
        : (Monthly * (Each is { } each ? Math.Ceiling(perDay / (decimal)each) : 1))
            + (PerTicket * perDay * daysPerMonth);
}

/// <summary>Reads the file of <c>cost project --infrastructure</c>.</summary>
internal static class FixedCosts
{
    private const decimal Dearest = 100_000_000;
    private const int MostTickets = 100_000_000;

    /// <exception cref="FormatException">It cannot be used; the message says where and how to write it.</exception>
    public static IReadOnlyList<FixedCost> Read(string path)
    {
        var limits = new LoadLimits();
        if (new FileInfo(path).Length > limits.FileBytes)
            throw new FormatException($"{path}: at most {limits.FileBytes} bytes are read");
        var problems = new ProblemList(limits.Problems);
        var file = Section.Open(new SourceFile(path, File.ReadAllText(path).ReplaceLineEndings("\n")), limits, problems);
        List<FixedCost> items = file is null ? []
            : [.. file.Children("infrastructure", "infrastructure").Select(Item)];
        file?.Close();
        if (problems.Problems is [var first, ..]) throw new FormatException(first.ToString());
        return items.Count > 0 ? items : throw new FormatException(
            $"{path}: names nothing; write 'infrastructure: [{{ name: virtual machine, monthly: 120 }}]'");
    }

    private static FixedCost Item(Section item)
    {
        var read = new FixedCost(
            item.Text("name", "virtual machine"), item.Number("monthly", 0, Dearest) ?? 0,
            item.Number("per_ticket", 0, Dearest) ?? 0, item.Whole("from", 0, 0, MostTickets),
            item.Has("each") ? item.Whole("each", 1, 1, MostTickets) : null);
        item.Close();
        return read;
    }
}
