using Baton.Triage.Tone;

namespace Baton.Tests.Triage.Tone;

public sealed class UrgencyTests
{
    public static IEnumerable<UrgencyCase> Cases => [.. UrgentCases.All, .. WaitingCases.All, .. CalmCases.All];

    public static TheoryData<int, string> Rows()
    {
        var rows = new TheoryData<int, string>();
        foreach (var (row, i) in Cases.Select((row, i) => (row, i))) rows.Add(i, row.Why);
        return rows;
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void Reads_what_the_message_means(int row, string why)
    {
        var expected = Cases.ElementAt(row);

        var reading = ToneModel.Default.Score(expected.Text);

        Assert.True(reading.Urgency >= expected.AtLeast && reading.Urgency <= expected.AtMost,
            $"{why}: \"{expected.Text}\" should be {expected.AtLeast}–{expected.AtMost}, was {reading.Urgency}; "
            + string.Join(", ", reading.Signals.Select(s => $"{s.Kind} '{s.Text}' {s.Meaning}")));
    }

    [Fact]
    public void The_table_has_at_least_120_different_messages() =>
        Assert.True(Cases.Select(c => c.Text).Distinct().Count() >= 120);
}
