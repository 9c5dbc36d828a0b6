using System.Globalization;
using Baton.Conversations.Tallies;
using Baton.Insights.Board;
using Baton.Playbooks;

namespace Baton.Incidents.Digesting;

/// <summary>One line of a digest, the same in every form.</summary>
/// <param name="Note">What it is held against; empty: nothing.</param>
internal sealed record DigestLine(string Label, string Value, string Note)
{
    /// <summary>The line of a subject.</summary>
    public static string Title(DigestFacts facts)
    {
        var when = facts.IsWeekly ? $"the week from {Day(facts.Period.From)}" : Day(facts.Period.From);
        return facts.IsQuiet ? $"Baton, {when}: nothing happened" : Say(
            $"Baton, {when}: {facts.Money.Answers:N0} answered, {facts.Escalated.Hits:N0} to people{Percent(facts.Escalated.Value, " ({0})")}");
    }

    /// <summary>The figures in their order.</summary>
    public static IReadOnlyList<DigestLine> Of(DigestFacts facts)
    {
        var (now, before, money) = (facts.Now, facts.Before, facts.Money);
        long Count(string figure) => now.Count(figure);
        string Was(string figure) => Say($"{before.Count(figure):N0} {(facts.IsWeekly ? "the week before" : "the day before")}");
        List<DigestLine> lines =
        [
            new("Tickets", N(Count(TallyFigure.Ticket)), Was(TallyFigure.Ticket)),
            new("Answered", N(money.Answers), Was(TallyFigure.Answered)),
            new("Escalated", Say($"{facts.Escalated.Hits:N0}{Percent(facts.Escalated.Value, " of {1:N0}, {0}", facts.Escalated.Of)}"),
                facts.Escalated.Value is { } share ? HealthyBand.Words(share) : ""),
            new("Wrong answers found", N(Count(TallyFigure.WrongAnswer)), Was(TallyFigure.WrongAnswer)),
            new("Spent", Dollars(money.Spent), money.PerAnswer is { } each ? $"{Dollars(each)} an answer" : ""),
            new("Saved", Dollars(facts.Saved), Say(
                $"{money.Resolved:N0} resolved without people, {Dollars(facts.Contact)} each, less what was spent")),
            new("Promises kept", Say(
                $"{Count(TallyFigure.PromiseKept):N0} of {Count(TallyFigure.PromiseKept) + Count(TallyFigure.PromiseBroken):N0}"), ""),
            new("Service levels breached", N(facts.Breaches), string.Join(", ", SlaMetric.All
                .Where(m => Count(TallyFigure.Breached(m)) > 0)
                .Select(m => Say($"{m.Replace('_', ' ')} {Count(TallyFigure.Breached(m)):N0}")))),
        ];
        if (facts.Provisioned is { } even)
            lines.Add(new("Break-even", even.Cheaper + " is cheaper", Say(
                $"{even.UsedPerMonth:N0} tokens a month, even at {even.TokensPerMonth:N0}{(facts.IsCrossed ? "; crossed since the last check" : "")}")));
        return lines;
    }

    /// <summary>In a sentence; null: nobody has looked.</summary>
    public static string? Gap(DigestFacts facts) => facts.Gap is not { } gap ? null : Say(
        $"{gap.Tickets:N0} tickets ask for what no section answers{(gap.Near is { } near ? $"; nearest: {near}" : "")}. A section on it would answer {gap.Deflects:0.0%} of all tickets.");

    public static string Day(long day) => DateTimeOffset.UnixEpoch.AddDays(day).ToString("ddd d MMM yyyy", CultureInfo.InvariantCulture);

    public static string Dollars(Usd amount) => amount.Amount < 0 ? "-" + Dollars(new Usd(-amount.Amount))
        : Say($"${amount.Amount:#,0.00##}");

    private static string N(long count) => Say($"{count:N0}");

    private static string Percent(double? share, string format, long of = 0) => share is { } value
        ? string.Format(CultureInfo.InvariantCulture, format, Say($"{value * 100:0.#} %"), of) : "";

    private static string Say(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
