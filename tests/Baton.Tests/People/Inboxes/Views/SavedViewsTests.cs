using Baton.People.Inboxes.Views;
using Baton.Tests.Decisions.Desks;

namespace Baton.Tests.People.Inboxes.Views;

/// <summary>Lists that people keep under a name.</summary>
public sealed class SavedViewsTests : IAsyncLifetime
{
    private const string Ann = "p_ann", Lea = "p_lea";

    private readonly Desk _desk = new();

    private SavedViews Views => _desk.Get<SavedViews>();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _desk.DisposeAsync();

    [Fact]
    public async Task Are_the_persons_own_and_what_others_share()
    {
        await SaveAsync(new SavedView(Ann, "Late in billing", "?view=late&queue=billing", false));
        await SaveAsync(new SavedView(Lea, "Urgent", "?view=all&priority=urgent", true));
        await SaveAsync(new SavedView(Lea, "Mine alone", "?view=late", false));

        Assert.Equal(["Late in billing", "Urgent"], Views.Of(Ann).Select(v => v.Name));
        Assert.Equal(["Mine alone", "Urgent"], Views.Of(Lea).Select(v => v.Name));
    }

    [Fact]
    public async Task Are_replaced_by_name_and_removed_by_their_owner_alone()
    {
        await SaveAsync(new SavedView(Ann, "Late", "?view=late", false));
        await SaveAsync(new SavedView(Ann, "Late", "?view=late&queue=l2", true));

        Assert.Equal("?view=late&queue=l2", Assert.Single(Views.Of(Ann)).Query);
        Assert.False(await Views.RemoveAsync(Lea, "Late", Token));
        Assert.True(await Views.RemoveAsync(Ann, "Late", Token));
        Assert.Empty(Views.Of(Ann));
    }

    [Theory]
    [InlineData("", "?view=late", "name ''")]
    [InlineData("x\ny", "?view=late", "name ")]
    [InlineData("Jane", "?q=jane.doe%40example.com", "personal data")]
    public async Task Are_refused_with_the_reason(string name, string query, string why) => Assert.Contains(
        why, await Views.SaveAsync(new SavedView(Ann, name, query, false), Token), StringComparison.Ordinal);

    [Fact]
    public async Task Have_a_limit()
    {
        for (var i = 0; i < SavedViews.Most; i++) await SaveAsync(new SavedView(Ann, $"view {i}", "", false));

        Assert.Contains("which is the limit", await Views.SaveAsync(new SavedView(Ann, "one more", "", false), Token),
            StringComparison.Ordinal);
        await SaveAsync(new SavedView(Ann, "view 3", "?view=late", false));
    }

    private async Task SaveAsync(SavedView view) => Assert.Null(await Views.SaveAsync(view, Token));
}
