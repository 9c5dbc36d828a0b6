using System.IO.Compression;
using System.Text.Json.Nodes;
using Baton.Conversations;
using Baton.Conversations.Attachments;
using Baton.Conversations.RawTexts;

namespace Baton.Tests.Archive;

/// <summary>Raw texts that have left: whoever asks for them is told, and whoever erases them reaches them.</summary>
public sealed class ArchivedTextsTests
{
    [Fact]
    public async Task An_export_of_a_person_says_what_lies_in_the_archive()
    {
        await using var desk = await ArchivedDesk.CreateAsync();
        await desk.ArchiveAsync();
        var path = Path.Combine(desk.Folder, "person.zip");

        var made = await desk.Desk.Get<PersonExport>().WriteAsync(path, "c-T-1", ["T-1"], "ann", null, default);

        Assert.True(made.Archived > 1);
        Assert.Equal([ArchivedDesk.First], made.Months);
        using var zip = ZipFile.OpenRead(path);
        Assert.Contains("baton audit restore", Text(zip, "README.txt"), StringComparison.Ordinal);
        var ticket = JsonNode.Parse(Text(zip, "tickets/001-T-1.json"))!;
        Assert.Contains(ArchivedDesk.Phrase, (string?)ticket["messages"]![0]!["text"], StringComparison.Ordinal);
        var later = ticket["messages"]!.AsArray().Skip(1).ToList();
        Assert.All(later, m => Assert.Equal(
            (null, true, false), ((string?)m!["text"], (bool)m["archived"]!, (bool)m["erased"]!)));
        Assert.Equal("bill.txt", (string?)ticket["archived_files"]![0]!["name"]);
    }

    [Fact]
    public async Task After_an_erasure_by_time_the_archived_copy_does_not_come_back_and_can_still_be_erased()
    {
        await using var desk = await ArchivedDesk.CreateAsync();
        await desk.ArchiveAsync();
        var key = desk.Number("select key_id from messages where conversation_id = 'T-1' and position = 2");
        var erasure = desk.Desk.Get<Erasure>();
        await erasure.ClearAsync("T-1", "retention", default);
        Assert.NotNull(desk.Database.Keys.Find(key));
        await using (var scratch = desk.Open(Path.Combine(desk.Folder, "scratch.db")))
        {
            await desk.RestoreAsync(scratch, ArchivedDesk.First);

            Assert.All(scratch.Read(c => MessageRows.Of(c, "T-1", 100)), m => Assert.True(m.IsErased));
            Assert.Null(scratch.Read(c => AttachmentRow.Find(c, "T-1", 1, 1)));
            Assert.All(scratch.Read(c => MessageRows.Of(c, "T-2", 100)), m => Assert.False(m.IsErased));
            Assert.NotNull(scratch.Read(c => AttachmentRow.Find(c, "T-2", 1, 1)));
        }
        // As where the customer has no id: the messages alone say which key it is.
        await desk.Database.WriteAsync(t => t.Execute("delete from customer_keys where customer_id = 'c-T-1'"));

        await erasure.CustomerAsync("c-T-1", ["T-1"], "ann", default);

        Assert.Null(desk.Database.Keys.Find(key));
    }

    private static string Text(ZipArchive zip, string name)
    {
        using var reader = new StreamReader(zip.GetEntry(name)!.Open());
        return reader.ReadToEnd();
    }
}
