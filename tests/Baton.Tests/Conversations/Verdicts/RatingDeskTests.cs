using System.Text.Json;
using Baton.Conversations;
using Baton.Conversations.Verdicts;
using Baton.Insights;
using Baton.Tests.Decisions.Desks;
using Baton.Tests.Storage;
using Microsoft.AspNetCore.Http;

namespace Baton.Tests.Conversations.Verdicts;

/// <summary>Ratings in the product: counted, changed, remarks redacted.</summary>
public sealed class RatingDeskTests : IAsyncLifetime
{
    private readonly Desk _desk = new();

    public async ValueTask InitializeAsync() => await _desk.DecideAsync(Desk.Ticket(DeskPlaybook.AsksForReturns));

    public ValueTask DisposeAsync() => _desk.DisposeAsync();

    [Fact]
    public async Task The_last_rating_counts_and_the_same_one_again_changes_nothing()
    {
        Assert.Null(await RateAsync(2, null));
        Assert.Null(await RateAsync(2, null));
        Assert.Single(Given());
        Assert.Equal(0, Csat());

        Assert.Null(await RateAsync(5, null));
        Assert.Equal(1, Csat());
        Assert.Equal(5, _desk.State().LastRating);
    }

    [Fact]
    public async Task A_remark_is_the_last_word()
    {
        Assert.Null(await RateAsync(2, null));
        Assert.Null(await RateAsync(2, "Too slow."));
        Assert.Null(await RateAsync(2, "Too slow."));

        Assert.Contains("last word", await RateAsync(5, null), StringComparison.Ordinal);
        Assert.Equal(["Too slow."], Given().Select(r => r.Remark).OfType<string>());
    }

    [Fact]
    public async Task A_remark_is_kept_raw_in_the_message_table_alone()
    {
        const string Address = "jane.doe@example.net";

        Assert.Null(await RateAsync(1, $"Write to {Address}!"));

        Assert.Equal("Write to [EMAIL_1]!", _desk.State().Tally.Rating!.Remark);
        Assert.Empty(ColumnHunt.Places(_desk.Database, Address, ["messages"]));
        Assert.Equal($"Write to {Address}!", _desk.Database.Read(c => MessageRows.Remark(c, "T-1")));
    }

    [Fact]
    public async Task A_remark_is_no_message_of_the_conversation()
    {
        Assert.Null(await RateAsync(1, "Bad."));
        var before = _desk.State();

        await _desk.WriteAsync(DeskPlaybook.WantsChange);

        Assert.Equal(before.Messages + 2, _desk.State().Messages);
        Assert.DoesNotContain(_desk.Database.Read(c => MessageRows.Of(c, "T-1", 100)), m => m.Body == "Bad.");
    }

    [Theory]
    [InlineData("""{"rating":6}""", "rating is '6'")]
    [InlineData("""{"rating":"great"}""", "terrible, bad, ok, good, amazing")]
    [InlineData("""{"remark":"so"}""", "rating is ''")]
    [InlineData("""{"rating":"good","stars":1}""", "stars is not a field")]
    [InlineData("""[]""", "must be an object")]
    public async Task A_program_is_told_what_is_wrong(string json, string problem)
    {
        var error = await Assert.ThrowsAnyAsync<Exception>(() => SendAsync(json));

        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("T-1", """{"rating":"good"}""", 204)]
    [InlineData("T-1", """{"rating":1,"remark":"no"}""", 204)]
    [InlineData("T-9", """{"rating":"good"}""", 404)]
    public async Task A_program_rates_by_word_or_number(string id, string json, int status) =>
        Assert.Equal(status, Assert.IsAssignableFrom<IStatusCodeHttpResult>(await SendAsync(json, id)).StatusCode);

    [Fact]
    public async Task A_program_is_refused_after_the_window()
    {
        _desk.Clock.Advance(Ratings.Window + TimeSpan.FromSeconds(1));

        Assert.Equal(422, Assert.IsAssignableFrom<IStatusCodeHttpResult>(
            await SendAsync("""{"rating":4}""")).StatusCode);
    }

    private Task<IResult> SendAsync(string json, string id = "T-1") => RatingEndpoints.RateAsync(
        id, JsonSerializer.Deserialize<JsonElement>(json), _desk.Store, _desk.Get<RatingDesk>(),
        CancellationToken.None);

    private Task<string?> RateAsync(int stars, string? remark) =>
        _desk.Get<RatingDesk>().RateAsync("T-1", stars, remark, CancellationToken.None);

    private IEnumerable<ConversationEvent.Rated> Given() => _desk.Events().OfType<ConversationEvent.Rated>();

    private double? Csat() => (double?)OverviewJson.Of(_desk.Database.Read(
        c => Overview.Read(c, InsightPeriod.Last(2, _desk.Clock.GetUtcNow()))))["csat"];
}
