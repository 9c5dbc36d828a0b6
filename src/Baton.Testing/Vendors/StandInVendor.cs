using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Baton.Testing.Vendors;

/// <summary>
/// A vendor on the loopback address, in the protocol that the vendor documents. What it did is counted here, whatever
/// the caller believes.
/// </summary>
public abstract class StandInVendor : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly List<(VendorFault Fault, int Left)> _faults = [];
    private readonly ConcurrentQueue<VendorRequest> _requests = new();
    private WebApplication? _app;

    /// <summary>Where it listens.</summary>
    public Uri Address { get; private set; } = new("http://127.0.0.1:9");

    /// <summary>What came, oldest first.</summary>
    public IReadOnlyList<VendorRequest> Requests => [.. _requests];

    /// <summary>Something goes wrong with one of the next requests.</summary>
    public void Fail(VendorFault fault)
    {
        lock (_gate) _faults.Add((fault, fault.Times));
    }

    /// <summary>Everything works again.</summary>
    public void Mend()
    {
        lock (_gate) _faults.Clear();
    }

    /// <summary>Starts on a free port.</summary>
    public async Task StartAsync(CancellationToken cancellationToken = default)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        _app = builder.Build();
        _app.Urls.Add("http://127.0.0.1:0");
        _app.Run(TakeAsync);
        await _app.StartAsync(cancellationToken);
        var addresses = _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>();
        Address = new Uri(addresses!.Addresses.First());
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (_app is null) return;
        using var soon = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        await _app.StopAsync(soon.Token);
        await _app.DisposeAsync();
    }

    /// <summary>Does what is asked. Never at the same time as another request.</summary>
    protected abstract VendorResponse Answer(VendorRequest request);

    /// <summary>Held while anything of the vendor's is looked at or changed.</summary>
    protected Lock Gate => _gate;

    private async Task TakeAsync(HttpContext http)
    {
        using var reader = new StreamReader(http.Request.Body);
        var request = new VendorRequest(
            http.Request.Method, http.Request.Path,
            http.Request.Query.ToDictionary(q => q.Key, q => q.Value.ToString()),
            http.Request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase),
            await reader.ReadToEndAsync(http.RequestAborted));
        _requests.Enqueue(request);
        var fault = Next(request);
        if (fault?.CutsBefore == true)
        {
            http.Abort();
            return;
        }
        VendorResponse answer;
        lock (_gate) answer = fault?.Answer ?? Answer(request);
        if (fault?.Until is { } until) await until.WaitAsync(http.RequestAborted);
        if (fault?.Cuts == true)
        {
            http.Abort();
            return;
        }
        http.Response.StatusCode = answer.Status;
        foreach (var (name, value) in answer.Headers) http.Response.Headers[name] = value;
        if (answer.Body.Length == 0) return;
        http.Response.ContentType = answer.ContentType;
        await http.Response.WriteAsync(answer.Body, http.RequestAborted);
    }

    private VendorFault? Next(VendorRequest request)
    {
        lock (_gate)
        {
            var at = _faults.FindIndex(f => f.Fault.When(request));
            if (at < 0) return null;
            var (fault, left) = _faults[at];
            if (left == 1) _faults.RemoveAt(at);
            else _faults[at] = (fault, left - 1);
            return fault;
        }
    }
}
