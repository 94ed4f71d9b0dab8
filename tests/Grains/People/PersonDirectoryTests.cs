using System.Text;
using Agency.People;
using Agency.Tests.Storage;

namespace Agency.Tests.Grains.People;

public sealed class PersonDirectoryTests
{
    private static readonly PersonDetails _li = new("李", "13800001234", null);

    private readonly InMemoryRowStore _rows = new();
    private readonly PersonDirectory _directory;

    public PersonDirectoryTests() => _directory = new(_rows);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_erased_person_is_not_there_and_leaves_its_version_alone()
    {
        await _directory.Put("li", _li);
        await _directory.Put("wang", _li);
        Assert.True(await _directory.Erase("li"));
        Assert.False(await _directory.Erase("li"));
        Assert.Null(await _directory.Get("li", Cancel));
        Assert.Equal(["wang"], (await _directory.All(Cancel)).Keys);
        Assert.Equal("""{"version":2}""", Encoding.UTF8.GetString((await _rows.Get(new("person", "li"), Cancel))!.Bytes.Span));
    }

    [Fact]
    public async Task A_late_registration_does_not_bring_an_erased_person_back()
    {
        await _directory.PutIfNone("li", _li);
        await _directory.Erase("li");
        await _directory.PutIfNone("li", _li);
        Assert.Null(await _directory.Get("li", Cancel));
    }

    [Fact]
    public async Task Written_down_again_on_purpose_it_is_there_and_its_version_goes_on()
    {
        await _directory.Put("li", _li);
        await _directory.Erase("li");
        Assert.Null(await _directory.Put("li", _li, ifVersion: 1));
        Assert.Null(await _directory.Put("li", _li, ifVersion: 2));
        Assert.Null(await _directory.Put("li", _li));
        Assert.Equal(new(3, _li), await _directory.Put("li", _li, ifVersion: 0));
        Assert.Equal(new(3, _li), await _directory.Get("li", Cancel));
    }

    [Fact]
    public async Task Who_was_never_there_cannot_be_erased_and_leaves_nothing()
    {
        Assert.False(await _directory.Erase("li"));
        Assert.False(await _directory.Erase("l!"));
        Assert.Null(await _rows.Get(new("person", "li"), Cancel));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(20)]
    public async Task Few_or_many_are_found_by_their_ids(int count)
    {
        var ids = Enumerable.Range(0, count).Select(i => $"p-{i}").ToArray();
        foreach (var id in ids) await _directory.Put(id, _li with { Name = id });
        await _directory.Erase("p-1");
        var found = await _directory.Of([.. ids, "nobody"], Cancel);
        Assert.Equal(ids.Except(["p-1"]).Order(StringComparer.Ordinal), found.Keys.Order(StringComparer.Ordinal));
        Assert.All(found, p => Assert.Equal(p.Key, p.Value.Details.Name));
    }

    [Fact]
    public async Task A_row_as_it_has_always_been_is_read()
    {
        await _rows.Put(new("person", "li"), Encoding.UTF8.GetBytes("""{"version":4,"name":"李","phone":"13800001234"}"""), Cancel);
        Assert.Equal(new(4, _li), await _directory.Get("li", Cancel));
    }
}
