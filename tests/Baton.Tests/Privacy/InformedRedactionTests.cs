using System.Net;
using Baton.Privacy;
using Baton.Privacy.Presidio;
using Baton.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Baton.Tests.Privacy;

public sealed class InformedRedactionTests : IAsyncLifetime
{
    private readonly ManualClock _clock = new();
    private StandInPresidio _presidio = null!;

    public async ValueTask InitializeAsync()
    {
        _presidio = await StandInPresidio.StartAsync();
        _presidio.Known["zorblax"] = "PERSON";
    }

    public ValueTask DisposeAsync() => _presidio.DisposeAsync();

    private InformedRedaction Redaction(PresidioOptions options) => new ServiceCollection().AddLogging()
        .AddSingleton<TimeProvider>(_clock).AddPrivacy(options).BuildServiceProvider()
        .GetRequiredService<InformedRedaction>();

    private static async Task<string> Redact(InformedRedaction redaction, string text)
    {
        var redactor = await redaction.ForAsync([text], TestContext.Current.CancellationToken);
        return redactor.Redact(text, new Placeholders()).Text;
    }

    [Fact]
    public async Task Replaces_what_either_side_found() =>
        Assert.Equal("[PERSON_1], write to [EMAIL_1]",
            await Redact(Redaction(new() { Address = _presidio.Address }), "zorblax, write to jane@example.com"));

    [Fact]
    public async Task Uses_local_findings_without_an_address()
    {
        Assert.Equal("zorblax, write to [EMAIL_1]",
            await Redact(Redaction(new()), "zorblax, write to jane@example.com"));
        Assert.Empty(_presidio.Requests);
    }

    [Fact]
    public async Task Uses_local_findings_when_the_service_fails_and_leaves_it_alone_for_a_while()
    {
        var redaction = Redaction(new() { Address = _presidio.Address, PauseAfterFailure = TimeSpan.FromSeconds(30) });
        _presidio.Status = HttpStatusCode.InternalServerError;
        Assert.Equal("zorblax [EMAIL_1]", await Redact(redaction, "zorblax a@example.com"));
        _presidio.Status = HttpStatusCode.OK;
        Assert.Equal("zorblax [EMAIL_1]", await Redact(redaction, "zorblax b@example.com"));
        _clock.Advance(TimeSpan.FromSeconds(31));
        Assert.Equal("[PERSON_1] [EMAIL_1]", await Redact(redaction, "zorblax c@example.com"));
    }

    [Fact]
    public async Task Does_not_wait_longer_than_the_timeout()
    {
        _presidio.Hangs = true;
        var redaction = Redaction(new() { Address = _presidio.Address, Timeout = TimeSpan.FromMilliseconds(50) });
        Assert.Equal("zorblax [EMAIL_1]", await Redact(redaction, "zorblax a@example.com"));
    }
}
