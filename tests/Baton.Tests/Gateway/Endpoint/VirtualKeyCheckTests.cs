using Baton.Gateway.Keys;
using Baton.Gateway.Money;
using Baton.Playbooks;
using Baton.Playbooks.Models;

namespace Baton.Tests.Gateway.Endpoint;

public sealed class VirtualKeyCheckTests
{
    private static readonly ModelsPolicy Served = new()
    {
        Models = [SomePolicy.Model("small")], Tiers = [new TierPolicy("commodity", ["small"])],
    };

    [Theory]
    [InlineData("-7", "--budget -7: give more than 0")]
    [InlineData("0", "--budget 0: give more than 0")]
    [InlineData("1000000001", "--budget 1000000001")]
    [InlineData("0.01", null)]
    public void A_budget_that_can_never_work_is_refused(string limit, string? problem) => Check(
        Key with { Budget = new KeyBudget(new Usd(decimal.Parse(limit)), BudgetPeriod.Month) }, problem);

    [Theory, InlineData(-3, "--per-minute -3: give 1 to"), InlineData(0, "--per-minute 0"),
        InlineData(2_000_000, "--per-minute 2000000")]
    [InlineData(1, null)]
    public void So_is_a_rate(int perMinute, string? problem) =>
        Check(Key with { RequestsPerMinute = perMinute }, problem);

    [Theory]
    [InlineData("comodity", "--model comodity: unknown; did you mean 'commodity'?")]
    [InlineData("auto", "--model auto: unknown")]
    [InlineData("commodity", null), InlineData("small", null)]
    public void So_is_a_model_that_is_not_served(string model, string? problem) =>
        Check(Key with { Models = [model] }, problem);

    [Theory]
    [InlineData("robin@example.com", "web", "the name 'robin@example.com' holds personal data (Email)")]
    [InlineData("web", "+41 44 668 18 01", "--tag 'owner=+41 44 668 18 01' holds personal data (Phone)")]
    [InlineData("Robin's laptop", "team-7", null), InlineData("shop-2026-11-29", "cost center 4711", null)]
    public void So_are_addresses_and_numbers_that_records_would_repeat(string name, string owner, string? problem) =>
        Check(Key with { Name = name, Tags = new Dictionary<string, string> { ["owner"] = owner } }, problem);

    [Fact]
    public void Without_any_model_the_message_says_where_to_name_them() => Assert.Contains(
        "name the one that is served with --playbook or --models",
        Assert.Single(VirtualKeyCheck.Problems(Key with { Models = ["small"] }, ModelsPolicy.None)),
        StringComparison.Ordinal);

    [Fact]
    public void Every_problem_is_told_at_once() => Assert.Equal(3, VirtualKeyCheck.Problems(
        Key with { Name = " ", RequestsPerMinute = 0, Models = ["x"] }, Served).Count);

    private static VirtualKey Key => new() { Id = "key_1", Name = "web" };

    private static void Check(VirtualKey key, string? problem)
    {
        var problems = VirtualKeyCheck.Problems(key, Served);
        if (problem is null) Assert.Empty(problems);
        else Assert.StartsWith(problem, Assert.Single(problems), StringComparison.Ordinal);
    }
}
