//! A server that is killed comes back with what it had acknowledged.

use testkit::postgres::{Durability, Server, connect};

#[tokio::test]
async fn a_safe_postgres_keeps_what_was_committed_when_it_is_killed() {
    let mut server = Server::start(Durability::Safe).unwrap();
    let client = connect(&server.url("postgres")).await.unwrap();
    client.batch_execute("create table fruit (name text); insert into fruit values ('pear')").await.unwrap();
    server.kill();
    assert!(client.batch_execute("select 1").await.is_err());
    server.resume().unwrap();
    let client = connect(&server.url("postgres")).await.unwrap();
    let row = client.query_one("select name from fruit", &[]).await.unwrap();
    assert_eq!(row.get::<_, &str>(0), "pear");
}
