using Baton.Privacy;

namespace Baton.Tests.Privacy;

public sealed class ActorNameTests
{
    [Theory]
    [InlineData("robin@example.com"), InlineData("key of robin@example.com"), InlineData("+41 44 668 18 01")]
    [InlineData("4012888888881881"), InlineData("CH9300762011623852957")]
    public void Names_of_keys_hold_no_addresses_and_numbers(string name) => Assert.StartsWith(
        "holds personal data (", ActorName.Problem(name), StringComparison.Ordinal);

    [Theory]
    [InlineData("first"), InlineData("shop"), InlineData("shop-2026-11-29"), InlineData("zendesk production")]
    [InlineData("Robin's laptop"), InlineData("team 4711"), InlineData("ci/build-118"), InlineData("v2.10.3")]
    public void Names_of_programs_teams_and_colleagues_are_names(string name) =>
        Assert.Null(ActorName.Problem(name));
}
