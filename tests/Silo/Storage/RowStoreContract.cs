using System.Text;
using Agency.EventSourcing;

namespace Agency.Tests.Silo.Storage;

/// <summary>Every rule of <see cref="IRowStore"/>; a store is one only if it passes all of this. Each test takes a partition of its own.</summary>
public abstract class RowStoreContract : IAsyncLifetime
{
    private readonly string _partition = $"p{Guid.NewGuid():N}";

    protected IRowStore Rows { get; private set; } = null!;

    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    protected abstract Task<IRowStore> Open();

    public async ValueTask InitializeAsync() => Rows = await Open();

    public virtual ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Bytes_come_back_as_they_went_in()
    {
        byte[] bytes = [.. Enumerable.Range(0, 256).Select(b => (byte)b)];
        var tag = await Rows.Create(Key("a"), bytes, Cancellation);
        var row = await Rows.Get(Key("a"), Cancellation);
        Assert.Equal(("a", tag), (row?.Key, row?.Tag));
        Assert.Equal(bytes, row!.Bytes.ToArray());
        await Rows.Put(Key("a"), Array.Empty<byte>(), Cancellation);
        Assert.Empty((await Rows.Get(Key("a"), Cancellation))!.Bytes.ToArray());
        Assert.Null(await Rows.Get(Key("b"), Cancellation));
        Assert.Null(await Rows.Get(new(_partition + "x", "a"), Cancellation));
    }

    [Fact]
    public async Task A_row_is_created_once()
    {
        Assert.NotNull(await Rows.Create(Key("a"), Utf8("1"), Cancellation));
        Assert.Null(await Rows.Create(Key("a"), Utf8("2"), Cancellation));
        Assert.Equal("1", await Read("a"));
    }

    [Fact]
    public async Task A_row_is_replaced_only_at_its_tag()
    {
        Assert.Null(await Rows.Replace(Key("a"), Utf8("0"), "none", Cancellation));
        Assert.Null(await Read("a"));
        var first = await Rows.Create(Key("a"), Utf8("1"), Cancellation);
        var second = await Rows.Replace(Key("a"), Utf8("2"), first!, Cancellation);
        Assert.NotNull(second);
        Assert.Null(await Rows.Replace(Key("a"), Utf8("3"), first!, Cancellation));
        Assert.Equal("2", await Read("a"));
        Assert.Equal(second, (await Rows.Get(Key("a"), Cancellation))!.Tag);
    }

    [Fact]
    public async Task A_row_is_put_whatever_it_was()
    {
        var first = await Rows.Put(Key("a"), Utf8("1"), Cancellation);
        var second = await Rows.Put(Key("a"), Utf8("1"), Cancellation);
        Assert.NotEqual(first, second);
        Assert.Null(await Rows.Replace(Key("a"), Utf8("2"), first, Cancellation));
        Assert.Equal("1", await Read("a"));
    }

    [Fact]
    public async Task A_row_is_deleted_at_its_tag_or_whatever_it_is()
    {
        var first = await Rows.Put(Key("a"), Utf8("1"), Cancellation);
        var second = await Rows.Put(Key("a"), Utf8("2"), Cancellation);
        Assert.False(await Rows.Delete(Key("a"), first, Cancellation));
        Assert.Equal("2", await Read("a"));
        Assert.True(await Rows.Delete(Key("a"), second, Cancellation));
        Assert.False(await Rows.Delete(Key("a"), second, Cancellation));
        Assert.False(await Rows.Delete(Key("a"), null, Cancellation));
        await Rows.Put(Key("a"), Utf8("3"), Cancellation);
        Assert.True(await Rows.Delete(Key("a"), null, Cancellation));
        Assert.Null(await Read("a"));
    }

    [Fact]
    public async Task A_row_made_again_has_none_of_its_earlier_tags()
    {
        var first = await Rows.Put(Key("a"), Utf8("1"), Cancellation);
        await Rows.Delete(Key("a"), null, Cancellation);
        await Rows.Create(Key("a"), Utf8("1"), Cancellation);
        Assert.Null(await Rows.Replace(Key("a"), Utf8("2"), first, Cancellation));
        Assert.False(await Rows.Delete(Key("a"), first, Cancellation));
    }

    [Fact]
    public async Task Erasing_deletes_and_a_repeat_finds_nothing()
    {
        await Rows.Put(Key("a"), Utf8("1"), Cancellation);
        await Rows.Put(Key("b"), Utf8("1"), Cancellation);
        Assert.True(await Rows.Erase(Key("a"), cancellationToken: Cancellation));
        Assert.False(await Rows.Erase(Key("a"), cancellationToken: Cancellation));
        Assert.Equal(["b"], await Keys());
    }

    [Fact]
    public async Task Erasing_may_leave_other_bytes_in_the_row_s_place()
    {
        Assert.False(await Rows.Erase(Key("a"), leaving: Utf8("gone"), cancellationToken: Cancellation));
        Assert.Null(await Read("a"));
        var tag = await Rows.Put(Key("a"), Utf8("1"), Cancellation);
        Assert.True(await Rows.Erase(Key("a"), leaving: Utf8("gone"), cancellationToken: Cancellation));
        Assert.Equal("gone", await Read("a"));
        Assert.Null(await Rows.Create(Key("a"), Utf8("2"), Cancellation));
        Assert.Null(await Rows.Replace(Key("a"), Utf8("2"), tag, Cancellation));
        Assert.NotNull(await Rows.Replace(Key("a"), Utf8("2"), (await Rows.Get(Key("a"), Cancellation))!.Tag, Cancellation));
        await Assert.ThrowsAsync<ArgumentException>(() => Rows.Erase(Key("a"), leaving: new byte[IRowStore.MaxBytes + 1], cancellationToken: Cancellation));
        Assert.Equal("2", await Read("a"));
    }

    [Fact]
    public async Task A_row_is_erased_at_its_tag_alone_if_one_is_given()
    {
        var first = await Rows.Put(Key("a"), Utf8("1"), Cancellation);
        var second = await Rows.Put(Key("a"), Utf8("2"), Cancellation);
        Assert.False(await Rows.Erase(Key("a"), first, Utf8("gone"), Cancellation));
        Assert.False(await Rows.Erase(Key("a"), first, cancellationToken: Cancellation));
        Assert.Equal("2", await Read("a"));
        Assert.True(await Rows.Erase(Key("a"), second, Utf8("gone"), Cancellation));
        Assert.False(await Rows.Erase(Key("a"), second, cancellationToken: Cancellation));
        Assert.Equal("gone", await Read("a"));
    }

    [Fact]
    public async Task Rows_are_listed_in_order_of_key_between_two_keys()
    {
        string[] keys = ["b", "a", "B", "乙", "-", "1", "10", "2", "é"];
        foreach (var key in keys) await Rows.Put(Key(key), Utf8(key), Cancellation);
        await Rows.Put(new(_partition + "x", "a"), Utf8("other"), Cancellation);
        string[] sorted = [.. keys.Order(StringComparer.Ordinal)];
        Assert.Equal(sorted, await Keys());
        Assert.Equal(sorted, (await Rows.List(_partition, cancellationToken: Cancellation)).Select(r => Encoding.UTF8.GetString(r.Bytes.Span)));
        Assert.Equal(["10", "2", "B"], await Keys(after: "1", before: "a"));
        Assert.Equal(["a", "b"], await Keys(after: "C", before: "c"));
        Assert.Empty(await Keys(after: "b", before: "b"));
        Assert.Empty(await Rows.List("nothing", cancellationToken: Cancellation));
    }

    [Fact]
    public async Task Pages_of_a_list_have_every_row_once()
    {
        string[] keys = [.. Enumerable.Range(0, 25).Select(i => $"{i:D3}")];
        foreach (var key in keys) await Rows.Put(Key(key), Utf8(key), Cancellation);
        var seen = new List<string>();
        for (IReadOnlyList<Row> page = await Rows.List(_partition, null, "020", 7, Cancellation); page.Count > 0; page = await Rows.List(_partition, page[^1].Key, "020", 7, Cancellation))
        {
            Assert.InRange(page.Count, 1, 7);
            seen.AddRange(page.Select(r => r.Key));
        }

        Assert.Equal(keys[..20], seen);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(IRowStore.MaxPage + 1)]
    public async Task A_page_has_its_bounds(int limit) =>
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Rows.List(_partition, limit: limit, cancellationToken: Cancellation));

    [Fact]
    public async Task A_row_has_its_bound()
    {
        await Assert.ThrowsAsync<ArgumentException>(() => Rows.Put(Key("a"), new byte[IRowStore.MaxBytes + 1], Cancellation));
        Assert.Null(await Read("a"));
        await Rows.Put(Key("a"), new byte[IRowStore.MaxBytes], Cancellation);
        Assert.Equal(IRowStore.MaxBytes, (await Rows.Get(Key("a"), Cancellation))!.Bytes.Length);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a/b")]
    [InlineData("a\\b")]
    [InlineData("a#")]
    [InlineData("a?")]
    [InlineData("a!")]
    [InlineData("a\n")]
    [InlineData("a\0")]
    public void A_key_has_nothing_that_a_store_could_not_take(string part)
    {
        Assert.Throws<ArgumentException>(() => new RowKey(part, "a"));
        Assert.Throws<ArgumentException>(() => new RowKey("a", part));
        Assert.Throws<ArgumentException>(() => new RowKey("a", new string('a', 201)));
    }

    [Fact]
    public async Task The_longest_key_and_one_of_any_script_are_taken()
    {
        foreach (var key in (string[])[new string('长', 200), "👷 ' \" % _ 𠮷", "a b.c-d~e"])
        {
            await Rows.Put(Key(key), Utf8(key), Cancellation);
            Assert.Equal(key, await Read(key));
        }
    }

    [Fact]
    public async Task Of_many_writers_at_one_tag_exactly_one_wins()
    {
        var created = await Task.WhenAll(Enumerable.Range(0, 16).Select(i => Task.Run(() => Rows.Create(Key("a"), Utf8($"{i}"), Cancellation))));
        var tag = Assert.Single(created, t => t is not null);
        var replaced = await Task.WhenAll(Enumerable.Range(0, 16).Select(i => Task.Run(() => Rows.Replace(Key("a"), Utf8($"{i}"), tag!, Cancellation))));
        Assert.Single(replaced, t => t is not null);
        var deleted = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() => Rows.Delete(Key("a"), null, Cancellation))));
        Assert.Single(deleted, gone => gone);
    }

    [Fact]
    public async Task Nothing_is_done_for_who_has_cancelled()
    {
        var cancelled = new CancellationToken(canceled: true);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Rows.Put(Key("a"), Utf8("1"), cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Rows.Get(Key("a"), cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Rows.List(_partition, cancellationToken: cancelled));
        await Rows.Put(Key("a"), Utf8("1"), Cancellation);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Rows.Delete(Key("a"), null, cancelled));
        Assert.Equal("1", await Read("a"));
    }

    protected static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    protected RowKey Key(string key) => new(_partition, key);

    private async Task<string?> Read(string key) => await Rows.Get(Key(key), Cancellation) is { } row ? Encoding.UTF8.GetString(row.Bytes.Span) : null;

    private async Task<IEnumerable<string>> Keys(string? after = null, string? before = null) => (await Rows.List(_partition, after, before, cancellationToken: Cancellation)).Select(r => r.Key);
}
