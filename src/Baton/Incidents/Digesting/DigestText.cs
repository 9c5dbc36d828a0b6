using System.Text;

namespace Baton.Incidents.Digesting;

/// <summary>A digest as plain text: for mail clients without HTML, for Slack, and for the terminal.</summary>
internal static class DigestText
{
    /// <param name="address">Where links begin; null: tickets are named.</param>
    public static string Of(DigestFacts facts, Uri? address)
    {
        var text = new StringBuilder();
        if (facts.IsQuiet) text.AppendLine("A quiet time: no ticket came and nothing was decided.").AppendLine();
        foreach (var line in DigestLine.Of(facts))
            text.Append(line.Label).Append(": ").Append(line.Value)
                .AppendLine(line.Note.Length == 0 ? "" : $" ({line.Note})");
        text.AppendLine().AppendLine("What changed");
        foreach (var change in facts.Changes)
            text.AppendLine(FormattableString.Invariant(
                $"- {change.At.UtcDateTime:ddd HH:mm} {change.Kind.Replace('_', ' ')}: {change.What}"));
        if (facts.Changes.Count == 0) text.AppendLine("- nothing");
        if (DigestLine.Gap(facts) is { } gap) text.AppendLine().AppendLine("Top knowledge gap").AppendLine(gap);
        text.AppendLine().AppendLine("Worth reading");
        foreach (var ticket in facts.Tickets)
            text.AppendLine($"- {Link(ticket.Ticket, address) ?? ticket.Ticket}: {ticket.Why}");
        if (facts.Tickets.Count == 0) text.AppendLine("- nothing stands out");
        return text.ToString().ReplaceLineEndings("\n");
    }

    /// <summary>Where a ticket is opened; null: nobody has said where the console is.</summary>
    public static string? Link(string ticket, Uri? address) =>
        address is null ? null : new Uri(address, "/tickets/" + Uri.EscapeDataString(ticket)).ToString();
}
