using Baton.Privacy;
using FsCheck;
using FsCheck.Fluent;

namespace Baton.Tests.Privacy;

/// <summary>What was redacted is found by nobody a second time.</summary>
public sealed class RedactTwiceTests
{
    private const int Texts = 2_000;

    private static readonly Redactor Support = new();

    private static readonly string[] Pieces =
    [
        "my pw is ", "my password is ", "Password: ", "passphrase: ", "hunter2!", "the code is ", "one-time code ",
        "448812",
        "jane@example.com", "jane (at) example (dot) com", "+41 44 668 18 00", "Jane Doe", "Milan", "Smith",
        "my name is ",
        "Regards,\n", "Dear ", "12 Main Street", "8001 Zürich", "GB29 NWBK 6016 1331 9268 19", "order NW-10003",
        "account ",
        "https://shop.example/track?mail=jo%40example.org&order=NW-10003", "[EMAIL_1]", "[SECRET_2]", "[LITERAL_1]",
        "[",
        "]", "[PERSON_", "_1]", " ", " ", ", ", ". ", "\n", ":", "and", " works for ", "born on 3 May 1990", "\u200b",
        "ß", "😀",
    ];

    private static readonly Arbitrary<string> Fuzzed = Gen.Elements(Pieces).ListOf().Select(string.Concat)
        .ToArbitrary();

    [Fact]
    public void Redacting_again_changes_nothing() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(Texts).WithReplay(20261129, 7), Prop.ForAll(Fuzzed, text =>
        {
            var placeholders = new Placeholders();
            var once = Support.Redact(text, placeholders).Text;
            return Support.Find(once).Count == 0 && Support.RedactAgain(once, placeholders) == once;
        }));

    [Theory]
    [InlineData("my pw is hunter2!", "my pw is [SECRET_1]")]
    [InlineData("Password: hunter2! thanks for all", "Password: [SECRET_1] thanks for all")]
    [InlineData("the one-time code is 448812", "the one-time code is [SECRET_1]")]
    [InlineData("My name is Jane Doe, call +41 44 668 18 00", "My name is [PERSON_1], call [PHONE_1]")]
    public void A_placeholder_is_no_secret_and_no_name(string text, string expected)
    {
        var placeholders = new Placeholders();
        Assert.Equal(expected, Support.Redact(text, placeholders).Text);
        Assert.Equal(expected, Support.RedactAgain(expected, placeholders));
        Assert.Empty(Support.Find(expected));
    }

    [Theory]
    [InlineData("my password is [SECRET_1]hunter2!", "hunter2")]
    [InlineData("[EMAIL_1]jo@example.org", "example.org")]
    [InlineData("[4012888888881881_1]", "4012888888881881")]
    [InlineData("[CARD_4012888888881881]", "4012888888881881")]
    public void What_stands_beside_or_looks_like_a_placeholder_hides_nothing(string text, string value) =>
        Assert.DoesNotContain(value, Support.Redact(text, new Placeholders()).Text, StringComparison.Ordinal);

    [Fact]
    public void A_placeholder_that_a_sender_makes_up_is_a_literal() =>
        Assert.Equal("send [LITERAL_1]", Support.RedactAgain("send [EMAIL_7]", new Placeholders()));
}
