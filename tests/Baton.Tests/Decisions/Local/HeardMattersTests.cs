using Baton.Tests.Decisions.Desks;

namespace Baton.Tests.Decisions.Local;

/// <summary>What a letter tells beside its matter is no second matter; what it asks or really is about is.</summary>
public sealed class HeardMattersTests : IClassFixture<HeardMattersTests.Northwind>
{
    private readonly Desk _desk;

    public HeardMattersTests(Northwind northwind) => _desk = northwind.Desk;

    [Theory]
    [InlineData("told-1", "bereavement",
        "Good day, I will be at my sister's until the tenth, she is having her hip done. Can you hold my order until then?")]
    [InlineData("told-2", "injury_or_safety",
        "I joined the club for my hikes. Then came the knee. Can I get the fee back, I have not used it once?")]
    [InlineData("told-3", "press_partnership",
        "We are a public school in Vermont. How do we go about buying without sales tax?")]
    public async Task A_story_is_no_matter(string id, string intent, string text)
    {
        var decision = await _desk.DecideAsync(Desk.Ticket(text, id));

        Assert.DoesNotContain(intent, decision.Triage!.AlsoHeard);
        Assert.NotEqual(intent, decision.Triage.Intent);
    }

    [Theory]
    [InlineData("heard-1", "bereavement", "My wife bought a gift card in spring. She has died since. Can I still use it in Denver?")]
    [InlineData("heard-2", "bereavement",
        "Our son was killed in an accident in June. His club membership renews next week. How do I stop the renewal?")]
    [InlineData("heard-3", "injury_or_safety",
        "Do you repair zips? Mine jammed on the mountain and I broke my wrist when I pulled at it, the doctor says six weeks.")]
    [InlineData("heard-4", "return_policy", "Where can I recycle gas cans? And how long do I have to return a tent?")]
    public async Task What_the_whole_supports_or_is_asked_is_heard(string id, string intent, string text)
    {
        var decision = await _desk.DecideAsync(Desk.Ticket(text, id));

        Assert.Contains(intent, (string[])[decision.Triage!.Intent, .. decision.Triage.AlsoHeard]);
    }

    /// <summary>The shipped playbook with its encoder.</summary>
    public sealed class Northwind : IAsyncDisposable
    {
        private readonly Lazy<Desk> _desk = new(() => new Desk(NorthwindFiles.All(), knowIntents: false));

        internal Desk Desk
        {
            get
            {
                Assert.SkipUnless(
                    File.Exists(Path.Combine(AppContext.BaseDirectory, "encoder", "minilm-int8.onnx")),
                    "this build has no encoder");
                return _desk.Value;
            }
        }

        public ValueTask DisposeAsync() => _desk.IsValueCreated ? _desk.Value.DisposeAsync() : ValueTask.CompletedTask;
    }
}
