using System.IO.Compression;
using System.Net;
using System.Text.Json;
using Baton.Storage;
using Baton.Storage.Moving;
using Baton.Testing;

namespace Baton.Server.Tests.Processes;

/// <summary><c>baton db</c> as an operator runs it.</summary>
public sealed class DbCommandTests : IDisposable
{
    private readonly Place _place = new(file: true);

    public void Dispose() => _place.Dispose();

    [Fact]
    public async Task Moves_to_PostgreSQL_after_a_kill_in_the_middle_and_tells_what_must_be_carried()
    {
        const int Rows = 60_000;
        var url = PostgresCluster.NewDatabase();
        await FillAsync(Rows);
        using (var moving = BatonProgram.Start(["db", "move", "--db", _place.Database, "--to", url]))
        {
            _ = moving.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
            while (await moving.StandardOutput.ReadLineAsync(patience.Token) is { } line
                && !line.Contains(" rows, at ", StringComparison.Ordinal)) { }
            moving.Kill();
            await moving.WaitForExitAsync(patience.Token);
        }
        Assert.Equal(MoveState.Moving, (await _place.LookAsync(MoveMark.Read))?.State);
        var unfinished = await BatonProgram.RunAsync("ledger", "rebuild", "--db", url);

        var moved = await BatonProgram.RunAsync("db", "move", "--db", _place.Database, "--to", url);

        Assert.Equal(1, unfinished.ExitCode);
        Assert.Contains("has not arrived", unfinished.Errors, StringComparison.Ordinal);
        Assert.True(moved.ExitCode == 0, moved.Output + moved.Errors);
        Assert.Contains($"same  text_vectors: {Rows:N0} rows", moved.Output, StringComparison.Ordinal);
        Assert.Contains($"copy {_place.Database}.keys to ", moved.Output, StringComparison.Ordinal);
        var verified = await BatonProgram.RunAsync("ledger", "verify", "--db", url);
        Assert.Contains(": whole.", verified.Output, StringComparison.Ordinal);
        var refused = await BatonProgram.RunAsync("ledger", "rebuild", "--db", _place.Database);
        Assert.Contains("was moved to postgresql://", refused.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_whose_database_is_moved_answers_questions_and_takes_nothing()
    {
        var url = PostgresCluster.NewDatabase();
        using var server = await ServerProcess.StartAsync(_place);
        using (var accepted = await server.SubmitAsync("T-1", "Where is my order T-1234?", "?wait=60"))
            Assert.True(ServerProcess.IsAccepted(accepted));
        // Who opens raw texts is recorded the first time.
        using (var opened = await server.Http.GetAsync("/api/tickets/T-1", TestContext.Current.CancellationToken))
            Assert.Equal(HttpStatusCode.OK, opened.StatusCode);

        var moved = await BatonProgram.RunAsync("db", "move", "--db", _place.Database, "--to", url);
        using var refused = await server.SubmitAsync("T-2", "Where is my order T-1234?");
        using var read = await server.Http.GetAsync("/api/tickets/T-1", TestContext.Current.CancellationToken);
        using var listed = await server.Http.GetAsync("/api/tickets", TestContext.Current.CancellationToken);
        using var ready = await server.Http.GetAsync("/health/ready", TestContext.Current.CancellationToken);

        Assert.True(moved.ExitCode == 0, moved.Output + moved.Errors);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        Assert.Equal("60", Assert.Single(refused.Headers.GetValues("Retry-After")));
        Assert.Contains("The database is being moved", await refused.Content.ReadAsStringAsync(
            TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.All([read, listed, ready], answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));

        var cancelled = await BatonProgram.RunAsync("db", "move", "--db", _place.Database, "--cancel");
        using var again = await server.SubmitAsync("T-2", "Where is my order T-1234?");

        Assert.Equal(0, cancelled.ExitCode);
        Assert.True(ServerProcess.IsAccepted(again));
    }

    [Fact]
    public async Task Upgrades_an_older_file_after_copying_it_and_shows_what_it_holds()
    {
        await using (var packed = File.OpenRead(ServerFixture.InRepository(
            "tests", "Baton.Tests", "Storage", "Files", "baton-2026-11-29.gz")))
        await using (var older = new GZipStream(packed, CompressionMode.Decompress))
        await using (var file = File.Create(_place.Database))
            await older.CopyToAsync(file, TestContext.Current.CancellationToken);
        var before = await StatusAsync();
        using var serve = BatonProgram.Start(
            ["jobs", "list", "--db", _place.Database], ("BATON__Storage__UpgradeAtStart", "false"));
        var refused = await serve.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);

        var upgraded = await BatonProgram.RunAsync("db", "upgrade", "--db", _place.Database);
        var again = await BatonProgram.RunAsync("db", "upgrade", "--db", _place.Database);
        var after = await StatusAsync();

        Assert.True(before.GetProperty("missing").GetArrayLength() > 0);
        Assert.Contains("migrations are missing, the first is", refused, StringComparison.Ordinal);
        Assert.Contains("copied to ", upgraded.Output, StringComparison.Ordinal);
        Assert.True(File.Exists($"{_place.Database}.{before.GetProperty("schema").GetString()}"));
        Assert.Contains("nothing was changed", again.Output, StringComparison.Ordinal);
        Assert.Equal(0, after.GetProperty("missing").GetArrayLength());
        Assert.True(after.GetProperty("events").GetInt64() > 0);
        Assert.True(after.GetProperty("tables").GetProperty("events").GetInt64() > 0);
        Assert.Equal(64, after.GetProperty("head_hash").GetString()!.Length);
    }

    private async Task<JsonElement> StatusAsync()
    {
        var ended = await BatonProgram.RunAsync("db", "status", "--db", _place.Database, "--json");
        Assert.True(ended.ExitCode == 0, ended.Errors);
        return JsonDocument.Parse(ended.Output).RootElement;
    }

    private async Task FillAsync(int rows)
    {
        await using var database = Database.Open(new DatabaseOptions { Path = _place.Database }, TimeProvider.System);
        await database.WriteAsync(t =>
        {
            for (var i = 0; i < rows; i++)
                t.Execute("insert into text_vectors (key, customer_id, vector, at_ms) values ($1, $2, $3, $4)",
                    BitConverter.GetBytes(i), $"c-{i % 100}", new byte[64], i);
        });
    }
}
