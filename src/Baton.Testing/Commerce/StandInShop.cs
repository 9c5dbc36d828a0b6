using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Baton.Testing.Commerce;

/// <summary>A shop on the loopback interface that misbehaves on request.</summary>
public sealed class StandInShop : IAsyncDisposable
{
    private const string At = "/demo";
    private readonly WebApplication _app;

    private readonly TimeProvider _clock;

    private StandInShop(WebApplication app, TimeProvider clock) =>
        (_app, _clock, Shop) = (app, clock, new SampleShop(clock));

    /// <summary>Its state and ledger.</summary>
    public SampleShop Shop { get; private set; }

    /// <summary>As it is in the morning, at the same address; requests are counted anew.</summary>
    public void Renew() => (Shop, _requests, _effects) = (new SampleShop(_clock), 0, 0);

    /// <summary>What <c>{base}</c> stands for with it.</summary>
    public Uri Address => new(_app.Urls.First());

    /// <summary>What goes wrong with a request that has an effect, by its place from 1; none by default.</summary>
    public Func<int, ShopFault> Faults { get; set; } = _ => ShopFault.None;

    /// <summary>
    /// What happens when the n-th request has come, and again when it was done and is about to be answered (true):
    /// a test stops time here.
    /// </summary>
    public Func<int, bool, Task> Meanwhile { get; set; } = (_, _) => Task.CompletedTask;

    private int _requests;

    /// <summary>Requests with an effect that came.</summary>
    public int Effects => _effects;

    private int _effects;

    /// <summary>Starts one on a free port.</summary>
    public static async Task<StandInShop> StartAsync(TimeProvider clock, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Logging.ClearProviders();
        var app = builder.Build();
        var standIn = new StandInShop(app, clock);
        app.Run(standIn.AnswerAsync);
        await app.StartAsync(cancellationToken);
        return standIn;
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        using var soon = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        await _app.StopAsync(soon.Token);
        await _app.DisposeAsync();
    }

    private async Task AnswerAsync(HttpContext http)
    {
        var request = await ShopEndpoints.ReadAsync(http.Request, At, http.RequestAborted);
        if (request is null) return;
        var number = Interlocked.Increment(ref _requests);
        await Meanwhile(number, false);
        var fault = request.Method == "GET" ? ShopFault.None : Faults(Interlocked.Increment(ref _effects));
        if (fault == ShopFault.AlreadyRefunded) Shop.RefundAside(request.Path.Split('/')[2]);
        var answer = fault == ShopFault.Error ? Broken() : Shop.Answer(request);
        if (answer.Status == 201 && Spoilt(fault) is { } change) answer = Shop.Spoil(change);
        await Meanwhile(number, true);
        switch (fault)
        {
            case ShopFault.Duplicate:
                answer = Shop.Answer(request);
                break;
            case ShopFault.ErrorAfterEffect:
                answer = Broken();
                break;
            case ShopFault.CutAfterEffect:
                http.Abort();
                return;
            case ShopFault.Slow:
                await GoneAsync(http);
                return;
        }
        await ShopEndpoints.Result(answer).ExecuteAsync(http);
    }

    private static Func<ShopEffect, ShopEffect>? Spoilt(ShopFault fault) => fault switch
    {
        ShopFault.Partial => effect => effect with { Cents = effect.Cents / 2 },
        ShopFault.WrongCurrency => effect => effect with { Currency = "EUR" },
        _ => null,
    };

    private static ShopAnswer Broken() => ShopAnswer.Refuse(500, "broken", "the shop has an error of its own");

    private static async Task GoneAsync(HttpContext http)
    {
        var gone = new TaskCompletionSource();
        await using var ends = http.RequestAborted.Register(gone.SetResult);
        await gone.Task;
    }
}
