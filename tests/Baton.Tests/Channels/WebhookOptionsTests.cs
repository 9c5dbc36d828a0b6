using Baton.Channels;
using Baton.Channels.Webhook;
using Baton.Operations;

namespace Baton.Tests.Channels;

public sealed class WebhookOptionsTests
{
    private static readonly string Good = "whsec_" + Convert.ToBase64String(new byte[32]);

    [Theory]
    [InlineData(0, "whsec_ and 24 to 64 random bytes")]
    [InlineData(23, "whsec_ and 24 to 64 random bytes")]
    [InlineData(65, "whsec_ and 24 to 64 random bytes")]
    [InlineData(24, null)]
    [InlineData(64, null)]
    public void Takes_a_secret_of_the_length_that_the_specification_says(int bytes, string? problem) =>
        Assert.Equal(problem is null,
            Problems(new WebhookOptions { Secrets = "whsec_" + Convert.ToBase64String(new byte[bytes]) }) is []);

    [Fact]
    public void Names_a_bad_secret_by_its_place_and_never_by_its_value()
    {
        var problem = Assert.Single(Problems(new WebhookOptions { Secrets = $"{Good}, pass-phrase" }));

        Assert.StartsWith("setting BATON__Channels__Webhook__Secrets: secret 2 of 2 is none", problem,
            StringComparison.Ordinal);
        Assert.DoesNotContain("pass-phrase", problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://desk.example.com/in", true, false, null)]
    [InlineData("https://desk.example.com/in", false, false, "no secret to sign with")]
    [InlineData("http://desk.example.com/in", true, false, "is http")]
    [InlineData("http://desk.internal/in", true, true, null)]
    public void Sends_signed_and_over_tls(string url, bool secret, bool allowPrivate, string? problem)
    {
        var problems = Problems(
            new WebhookOptions { Url = new Uri(url), Secrets = secret ? Good : "", AllowPrivate = allowPrivate });

        if (problem is null) Assert.Empty(problems);
        else Assert.Contains(problem, Assert.Single(problems), StringComparison.Ordinal);
    }

    [Fact]
    public void Refuses_more_secrets_than_anybody_changes_at_once() => Assert.Contains(
        "has 11 secrets", Assert.Single(
            Problems(new WebhookOptions { Secrets = string.Join(',', Enumerable.Repeat(Good, 11)) })),
        StringComparison.Ordinal);

    [Fact]
    public void Keeps_its_secrets_out_of_its_text() =>
        Assert.DoesNotContain("whsec_", new ChannelOptions { Webhook =
            new WebhookOptions { Secrets = Good } }.ToString(), StringComparison.Ordinal);

    private static List<string> Problems(WebhookOptions options) =>
        [.. OptionRanges.Problems("BATON__Channels", new ChannelOptions { Webhook = options })];
}
