using Baton.Decisions;

namespace Baton.Tests.Decisions.Turns;

/// <summary>A placeholder is our word: "[PERSON_1]" under a letter is no wish for a person.</summary>
public sealed class PlaceholderIntentTests
{
    [Theory]
    [InlineData("", "is the vest in stock?\nThanks, [PERSON_1]")]
    [InlineData("from [PERSON_2]", "is the vest in stock?")]
    [InlineData("", "my address is [EMAIL_1] and the parcel went to [LOCATION_12]")]
    public void Triage_reads_no_placeholders(string subject, string body) =>
        Assert.DoesNotContain("[", MessageText.ForIntent(subject, body), StringComparison.Ordinal);
}
