using System.Net.Security;
using System.Net.Sockets;
using System.Threading.Channels;
using Baton.Storage.Jobs.Dispatching;
using Microsoft.Extensions.Logging;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Baton.Amqp;

/// <summary>
/// The one connection of a process to its broker, made anew when it is gone. The client's own recovery is off: with it
/// a publish can wait for ever after a broker has restarted (rabbitmq-dotnet-client 1928 and 1930).
/// </summary>
internal sealed partial class AmqpLink(DispatchOptions options, TimeProvider clock, ILogger logger) : IAsyncDisposable
{
    /// <summary>For every single thing that is asked of the broker.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    /// <summary>Between two attempts to reach it.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly ConnectionFactory _factory = Checked(new ConnectionFactory
    {
        Uri = new Uri(options.Amqp!),
        ClientProvidedName = $"baton {Environment.MachineName}/{Environment.ProcessId}",
        AutomaticRecoveryEnabled = false,
        TopologyRecoveryEnabled = false,
        RequestedHeartbeat = Limit,
        RequestedConnectionTimeout = Limit,
        ContinuationTimeout = Limit,
        HandshakeContinuationTimeout = Limit,
    });

    private readonly SemaphoreSlim _gate = new(1);
    private IConnection? _connection;
    private long? _tried;
    private bool _isDown, _ended;

    /// <summary>An address of the client's takes a certificate of any name; ours has to be of its host.</summary>
    private static ConnectionFactory Checked(ConnectionFactory factory)
    {
        factory.Ssl.AcceptablePolicyErrors = SslPolicyErrors.None;
        return factory;
    }

    /// <summary>Host and port, without user and password.</summary>
    public string Place => $"{_factory.Endpoint.HostName}:{_factory.Endpoint.Port}";

    /// <summary>Whether the broker can be used now, as far as is known.</summary>
    public bool IsUp => _connection is { IsOpen: true };

    /// <summary>The connection; null when there is none now, or the last attempt was a moment ago.</summary>
    public async Task<IConnection?> FindAsync(CancellationToken cancellationToken)
    {
        if (_connection is { IsOpen: true } open) return open;
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_connection is { IsOpen: true } made) return made;
            if (_ended || _tried is { } tried && clock.GetElapsedTime(tried) < Pause) return null;
            _connection = await TryAsync(cancellationToken).ConfigureAwait(false);
            _tried = clock.GetTimestamp();
            return _connection;
        }
        finally
        {
            _gate.Release();
        }
    }

    private async Task<IConnection?> TryAsync(CancellationToken cancellationToken)
    {
        await DropAsync().ConfigureAwait(false);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Limit);
        try
        {
            var connection = await _factory.CreateConnectionAsync(limit.Token).ConfigureAwait(false);
            if (_isDown) LogUp(Place);
            _isDown = false;
            return connection;
        }
        catch (Exception error) when (Passes(error))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!_isDown) LogDown(Place, (error.InnerException ?? error).Message);
            _isDown = true;
            return null;
        }
    }

    /// <summary>Whether a failure is the broker's, and another attempt may help.</summary>
    public static bool Passes(Exception error) =>
        error is RabbitMQClientException or IOException or SocketException or TimeoutException
            or OperationCanceledException or ObjectDisposedException or ChannelClosedException;

    public async ValueTask DisposeAsync()
    {
        await _gate.WaitAsync().ConfigureAwait(false);
        _ended = true;
        await DropAsync().ConfigureAwait(false);
        _gate.Release();
    }

    private async Task DropAsync()
    {
        if (_connection is not { } gone) return;
        _connection = null;
        await EndAsync(gone).ConfigureAwait(false);
    }

    /// <summary>
    /// Ends a connection or a channel that may be broken. With a limit: what is broken may never say that it has ended.
    /// </summary>
    public static async Task EndAsync(IAsyncDisposable broken)
    {
        try
        {
            await broken.DisposeAsync().AsTask().WaitAsync(Pause).ConfigureAwait(false);
        }
        catch (Exception error) when (Passes(error))
        {
            // It was gone already.
        }
    }

    [LoggerMessage(Level = LogLevel.Warning,
        Message = "The broker {Place} cannot be reached ({Why}); workers look into the database until it is back")]
    private partial void LogDown(string place, string why);

    [LoggerMessage(Level = LogLevel.Information, Message = "The broker {Place} is back")]
    private partial void LogUp(string place);
}
