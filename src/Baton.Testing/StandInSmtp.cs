using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Baton.Testing;

/// <summary>
/// A mail server on this machine that answers as told and keeps what it was given: RFC 5321 without encryption, with
/// AUTH PLAIN of RFC 4954.
/// </summary>
public sealed class StandInSmtp : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _serving;

    public StandInSmtp()
    {
        _listener.Start();
        _serving = ServeAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>The mails it took, as they came.</summary>
    public List<string> Received { get; } = [];

    /// <summary>The answer to a command, by its first word; null answers as usual, "" ends the connection.</summary>
    public Func<string, string?> Answer { get; set; } = _ => null;

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _serving;
        _stop.Dispose();
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                using var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                await TalkAsync(client.GetStream());
            }
        }
        catch (Exception error) when (
            error is OperationCanceledException or SocketException or InvalidOperationException)
        {
            // It was stopped.
        }
    }

    private async Task TalkAsync(NetworkStream stream)
    {
        try
        {
            using var reader = new StreamReader(stream, Encoding.Latin1);
            await using var writer = new StreamWriter(stream, Encoding.Latin1) { NewLine = "\r\n", AutoFlush = true };
            await writer.WriteLineAsync(Answer("CONNECT") ?? "220 stand-in");
            while (await reader.ReadLineAsync(_stop.Token) is { } line)
            {
                var word = line.Split(' ')[0].ToUpperInvariant();
                var said = Answer(word) ?? Usual(word);
                if (said.Length == 0) return;
                await writer.WriteAsync(said + "\r\n");
                if (word == "QUIT") return;
                if (word != "DATA" || !said.StartsWith("354", StringComparison.Ordinal)) continue;
                var mail = new StringBuilder();
                while (await reader.ReadLineAsync(_stop.Token) is { } text && text != ".")
                    mail.Append(text.StartsWith("..", StringComparison.Ordinal) ? text[1..] : text).Append('\n');
                var taken = Answer("END") ?? "250 2.0.0 queued";
                if (taken.StartsWith("250", StringComparison.Ordinal)) Received.Add(mail.ToString());
                if (taken.Length == 0) return;
                await writer.WriteLineAsync(taken);
            }
        }
        catch (IOException)
        {
            // The other side went away.
        }
    }

    private static string Usual(string word) => word switch
    {
        "EHLO" => "250-stand-in\r\n250-AUTH PLAIN\r\n250 8BITMIME",
        "AUTH" => "235 2.7.0 in",
        "DATA" => "354 go on",
        "QUIT" => "221 bye",
        _ => "250 2.1.0 fine",
    };
}
